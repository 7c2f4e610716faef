#!/bin/sh
exec tiny --config /config/tiny.yaml
