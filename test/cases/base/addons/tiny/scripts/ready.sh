#!/bin/sh
tiny ping
