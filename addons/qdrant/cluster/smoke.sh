#!/bin/sh
# What helm test runs against a cluster: makes a collection of its own, writes and searches as the first steps of Qdrant's users do,
# compares what is found, and deletes the collection. It touches nothing else. scripts/lib.sh stands before this text.
set -eu

: "${SERVICE_HOST:?}" "${SERVICE_PORT:?}"
# Seconds to wait for the service, for one step, and for the end; pause between looks. Kubernetes gives a pod that it stops 30 s in all.
: "${SERVICE_WAIT:=120}" "${STEP_WAIT:=30}" "${CLEANUP_WAIT:=12}" "${SMOKE_POLL:=1}"
: "${SMOKE_COLLECTION:=addonsmith-smoke-$(uname -n)-$(now)-$$}"
LOG_NAME='smoke test'
QDRANT_HTTP_PORT=$SERVICE_PORT

# Names that are asked for, one after the other while certificates are refused. Those of KubeBlocks are for pods, not for services: the way
# leads to the service all the same, and whichever pod answers has the certificate for all of them. Certificates of one's own may be for the service.
HOST=$SERVICE_HOST OTHER_NAMES=
if [ "${TLS_ENABLED:-}" = true ]; then
  URL_SCHEME=https
  if [ -e "$TLS_DIR/ca.crt" ]; then
    service=${SERVICE_HOST%%.*}
    first_pod=$service-0.$service-headless.${SERVICE_HOST#*.}
    OTHER_NAMES="$first_pod.cluster.local $first_pod $SERVICE_HOST"
  else
    TLS_LINE=insecure
    log "there is no $TLS_DIR/ca.crt: the server's certificate is not checked"
  fi
fi

# Asks for the next name from here on, and fails when there is none.
next_name() {
  [ -n "$OTHER_NAMES" ] || return 1
  HOST=${OTHER_NAMES%% *}
  asked_names="${asked_names:-}${asked_names:+, }$HOST"
  OTHER_NAMES=${OTHER_NAMES#"$HOST"}
  OTHER_NAMES=${OTHER_NAMES# }
  # No port: whichever is asked for.
  TLS_LINE="cacert = \"$TLS_DIR/ca.crt\"${NEWLINE}connect-to = \"$HOST::$SERVICE_HOST:\""
}

# Whether a call that failed may work in a moment: nobody answered, the server has trouble of its own, or it has not heard of the
# collection yet, because another pod made it. Paths that an old server does not know are answered without a reason.
is_passing() {
  case $API_STATUS in
    000 | '' | 5??) return 0 ;;
    404) case $API_BODY in *'"error"'*) return 0 ;; esac ;;
  esac
  return 1
}

# api, again until it works, fails for good, or the time of a step is over.
eventually() {
  step_end=$(($(now) + STEP_WAIT))
  until api "$@"; do
    is_passing && [ "$(now)" -lt "$step_end" ] || return 1
    sleep "$SMOKE_POLL"
  done
}

wait_for_service() {
  wait_end=$(($(now) + SERVICE_WAIT))
  log "waiting for $URL_SCHEME://$SERVICE_HOST:$SERVICE_PORT"
  until cluster_of "$HOST"; do
    case $API_STATUS in
      untrusted) if next_name; then continue; else die "$SERVICE_HOST: $(api_problem); asked for were: $asked_names"; fi ;;
      4??) die "$SERVICE_HOST: $(api_problem)" ;;
      2??) problem='its consensus does not work, or knows no leader' ;;
      *) problem=$(api_problem) ;;
    esac
    [ "$(now)" -lt "$wait_end" ] || die "$SERVICE_HOST is not ready after $SERVICE_WAIT seconds: $problem"
    sleep "$SMOKE_POLL"
  done
  log "$SERVICE_HOST answers: $(printf '%s' "$API_BODY" | jq -r '.result.peers | length | "\(.) node" + if . == 1 then "" else "s" end')"
}

# Deletes the collection, if it may be there, however the test ends.
clean_up() {
  code=$?
  trap '' TERM INT HUP
  [ "$MADE" = yes ] || exit "$code"
  cleanup_end=$(($(now) + CLEANUP_WAIT))
  until api_within "$((cleanup_end - $(now) + 1))" DELETE "$URL"; do
    if ! is_passing || [ "$(now)" -ge "$cleanup_end" ]; then
      log "the collection $SMOKE_COLLECTION could not be deleted: $(api_problem). Delete it: curl -X DELETE $URL_SCHEME://$SERVICE_HOST:$SERVICE_PORT/collections/$SMOKE_COLLECTION"
      exit 1
    fi
    sleep "$SMOKE_POLL"
  done
  case $(printf '%s' "$API_BODY" | jq -r '.result' 2>/dev/null) in
    true) log "the collection $SMOKE_COLLECTION is deleted" ;;
    *) log "there is no collection $SMOKE_COLLECTION to delete" ;;
  esac
  [ "$code" != 0 ] || log 'passed'
  exit "$code"
}

# Makes the collection, which must not be there. Only one that this test made, or may have made, is deleted in the end.
create() {
  step_end=$(($(now) + STEP_WAIT))
  while :; do
    ! api GET "$URL" || die "there is a collection $SMOKE_COLLECTION already: nothing is done to it"
    [ "$API_STATUS" != 404 ] || break
    if ! is_passing || [ "$(now)" -ge "$step_end" ]; then
      die "whether there is a collection $SMOKE_COLLECTION cannot be told: $(api_problem)"
    fi
    sleep "$SMOKE_POLL"
  done
  MADE=yes
  if ! api PUT "$URL" '{"vectors":{"size":4,"distance":"Cosine"}}'; then
    case $API_STATUS in 4?? | untrusted) MADE=no ;; esac
    die "the collection $SMOKE_COLLECTION cannot be created: $(api_problem)"
  fi
  log "the collection $SMOKE_COLLECTION is created"
}

# expect WHAT WANTED FOUND
expect() {
  [ "$2" = "$3" ] || die "$1: expected $2, found ${3:-nothing}"
}

check_configuration() {
  eventually GET "$URL" || die "the collection cannot be read: $(api_problem)"
  expect 'configuration of the collection' '4 Cosine' \
    "$(printf '%s' "$API_BODY" | jq -r '.result.config.params.vectors | "\(.size) \(.distance)"')"
  log 'the collection is read: vectors of size 4, compared by Cosine'
}

write_points() {
  eventually PUT "$URL/points?wait=true" '{"points":[
    {"id":1,"vector":[0.05,0.61,0.76,0.74],"payload":{"city":"Berlin"}},
    {"id":2,"vector":[0.19,0.81,0.75,0.11],"payload":{"city":["Berlin","London"]}},
    {"id":3,"vector":[0.36,0.55,0.47,0.94],"payload":{"city":["Berlin","Moscow"]}},
    {"id":4,"vector":[0.18,0.01,0.85,0.80],"payload":{"city":["London","Moscow"]}},
    {"id":5,"vector":[0.24,0.18,0.22,0.44],"payload":{"count":[0]}},
    {"id":6,"vector":[0.35,0.08,0.11,0.44]}]}' || die "points cannot be written: $(api_problem)"
  expect 'writing points' completed "$(printf '%s' "$API_BODY" | jq -r '.result.status')"
  log '6 points are written'
}

# Compares the ids that are found, best first: search WHAT IDS [FILTER]. Old servers have no query.
search() {
  vector='[0.2,0.1,0.9,0.7]' rest='"limit":3'
  [ $# -lt 3 ] || rest="$rest,\"filter\":$3"
  if ! eventually POST "$URL/points/query" "{\"query\":$vector,$rest}"; then
    case $API_STATUS in 404 | 405) ;; *) die "$1: $(api_problem)" ;; esac
    eventually POST "$URL/points/search" "{\"vector\":$vector,$rest}" || die "$1: $(api_problem)"
  fi
  # Search gives a list, query a list in an object.
  found=$(printf '%s' "$API_BODY" | jq -c '.result | if type == "object" then .points else . end | map({id, score})')
  expect "$1: ids" "$2" "$(printf '%s' "$found" | jq -r 'map("\(.id)") | join(" ")')"
  log "$1: $(printf '%s' "$found" | jq -r 'map("\(.id) (\(.score * 10000 | round / 10000))") | join(", ")')"
}

# Asks by gRPC how the server is. A message of no bytes, in its frame: one byte for no compression, four for the length.
grpc_health() {
  printf '\000\000\000\000\000' | curl_qdrant --max-time "$REQUEST_TIMEOUT" "$grpc_version" --request POST \
    --header 'content-type: application/grpc' --header 'te: trailers' --data-binary @- --output /dev/null --dump-header - \
    "$URL_SCHEME://$HOST:$SERVICE_PORT_GRPC_QDRANT/qdrant.Qdrant/HealthCheck"
}

# gRPC is asked with what there is: a curl with HTTP/2. Qdrant answers this question without a key.
check_grpc() {
  [ -n "${SERVICE_PORT_GRPC_QDRANT:-}" ] || { log 'gRPC is not tested: the service has no port grpc-qdrant'; return 0; }
  case $(curl -V) in
    *HTTP2*) ;;
    *) log 'gRPC is not tested: this curl has no HTTP/2'; return 0 ;;
  esac
  # Without TLS there is nothing that would agree on HTTP/2.
  grpc_version=--http2-prior-knowledge
  [ "$URL_SCHEME" = http ] || grpc_version=--http2
  step_end=$(($(now) + STEP_WAIT))
  while :; do
    grpc_exit=0
    grpc_answer=$(grpc_health) || grpc_exit=$?
    [ "$grpc_exit" != 0 ] || break
    [ "$(now)" -lt "$step_end" ] || die "gRPC: no answer from $SERVICE_HOST:$SERVICE_PORT_GRPC_QDRANT, curl ended with $grpc_exit"
    sleep "$SMOKE_POLL"
  done
  grpc_answer=$(printf '%s\n' "$grpc_answer" | tr -d '\r' | tr '[:upper:]' '[:lower:]')
  expect 'gRPC: status over HTTP' '200' "$(printf '%s\n' "$grpc_answer" | sed -n 's|^http/[0-9.]* \([0-9]*\).*|\1|p')"
  # It comes last; a curl that does not show what comes after the body has said enough.
  grpc_status=$(printf '%s\n' "$grpc_answer" | sed -n 's/^grpc-status: *//p')
  expect 'gRPC: status' 0 "${grpc_status:-0}"
  log 'gRPC answers'
}

MADE=no
trap clean_up EXIT
trap 'log "stopped before it was finished"; exit 1' TERM INT HUP
wait_for_service
URL=$(base_url "$HOST")/collections/$SMOKE_COLLECTION
create
check_configuration
write_points
search 'search' '4 1 5'
search 'search in London' '4 2' '{"should":[{"key":"city","match":{"value":"London"}}]}'
check_grpc
