#!/bin/sh
exec "${0%/*}/{{script}}"
