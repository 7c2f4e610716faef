#!/bin/sh
# The smoke test of the seed against a running Qdrant: smoke.sh URL. The API key is read from QDRANT__SERVICE__API_KEY.
# Prints the ids that the searches return, and fails when they are not those of the seed: 4 1 5, and 4 2 in London.
set -eu

url=${1:?give the address, like http://localhost:6333}

call() {
  curl --silent --show-error --fail --connect-timeout 2 --max-time 30 --config /dev/fd/3 --request "$1" \
    --header 'content-type: application/json' --data "$3" "$url$2" 3<<EOF
${QDRANT__SERVICE__API_KEY:+header = \"api-key: $QDRANT__SERVICE__API_KEY\"}
EOF
}

# search FILTER: ids in the order of their scores. Newer servers only know query.
search() {
  rest="\"limit\":3$1}"
  answer=$(call POST /collections/test_collection/points/query "{\"query\":[0.2,0.1,0.9,0.7],$rest" 2>/dev/null) ||
    answer=$(call POST /collections/test_collection/points/search "{\"vector\":[0.2,0.1,0.9,0.7],$rest")
  printf '%s' "$answer" | jq -r '(.result.points? // .result) | map("\(.id):\(.score * 10000 | round / 10000)") | join(" ")'
}

expect() {
  printf '%s: %s\n' "$1" "$3"
  [ "$2" = "$3" ] || { printf 'expected %s\n' "$2" >&2; exit 1; }
}

call PUT /collections/test_collection '{"vectors":{"size":4,"distance":"Cosine"}}' >/dev/null
expect size 4 "$(call GET /collections/test_collection '{}' | jq '.result.config.params.vectors.size')"
call PUT '/collections/test_collection/points?wait=true' '{"points":[
  {"id":1,"vector":[0.05,0.61,0.76,0.74],"payload":{"city":"Berlin"}},
  {"id":2,"vector":[0.19,0.81,0.75,0.11],"payload":{"city":["Berlin","London"]}},
  {"id":3,"vector":[0.36,0.55,0.47,0.94],"payload":{"city":["Berlin","Moscow"]}},
  {"id":4,"vector":[0.18,0.01,0.85,0.80],"payload":{"city":["London","Moscow"]}},
  {"id":5,"vector":[0.24,0.18,0.22,0.44],"payload":{"count":[0]}},
  {"id":6,"vector":[0.35,0.08,0.11,0.44]}]}' >/dev/null
expect search '4:0.9925 1:0.8946 5:0.8544' "$(search '')"
expect 'search in London' '4:0.9925 2:0.666' "$(search ',"filter":{"should":[{"key":"city","match":{"value":"London"}}]}')"
