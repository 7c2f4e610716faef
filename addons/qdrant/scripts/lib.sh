# shellcheck shell=sh
# Functions that all of Qdrant's scripts share. Sourced, never run; it does not use $0, so that backup jobs can paste it too.
# Names of results are in capitals: API_STATUS, API_BODY, API_EXIT.

# curl and jq come from an init container.
PATH=${TOOLS_DIR:-/qdrant/tools}:$PATH
export PATH
: "${QDRANT_HTTP_PORT:=6333}" "${QDRANT_P2P_PORT:=6335}"
# A peer tells its state at once; what goes through consensus takes up to 10 s in the server.
: "${CONNECT_TIMEOUT:=2}" "${STATE_TIMEOUT:=2}" "${REQUEST_TIMEOUT:=15}"
: "${LOG_NAME:=qdrant}"

NEWLINE='
'

# What several jq programs need: the pod and its ordinal in the address of a peer, and the copies of a collection's shards
# as one list, whichever peer was asked. Peer ids are strings, as they are keys elsewhere.
# shellcheck disable=SC2016 # variables of jq
JQ_LIB='
  def host: (split("://") | last) | split("/")[0] | split(":")[0];
  def pod: host | split(".")[0];
  def ordinal: pod | split("-") | last | (tonumber? // -1);
  def pairs: [range(0; length; 2) as $i | [.[$i], .[$i + 1]]];
  def replicas: (.peer_id | tostring) as $me
    | [(.local_shards[] | {shard: .shard_id, key: .shard_key, peer: $me, state}),
       (.remote_shards[] | {shard: .shard_id, key: .shard_key, peer: (.peer_id | tostring), state})];
'

log() {
  printf '%s: %s\n' "$LOG_NAME" "$*" >&2
}

die() {
  log "$*"
  exit 1
}

now() {
  date +%s
}

is_number() {
  case ${1:-} in
    '' | *[!0-9]*) return 1 ;;
  esac
}

ordinal_of() {
  printf '%s\n' "${1##*-}"
}

# jq with the definitions above: jqlib PROGRAM [OPTION...]
jqlib() {
  jqlib_program=$JQ_LIB$1
  shift
  jq "$@" "$jqlib_program"
}

# The API key as a line for curl's configuration; empty when there is no key.
API_KEY_LINE=
if [ -n "${QDRANT__SERVICE__API_KEY:-}" ]; then
  API_KEY_LINE="header = \"api-key: $(printf '%s' "$QDRANT__SERVICE__API_KEY" | sed 's/[\\"]/\\&/g')\""
fi

# A cluster with TLS: clients talk HTTPS, and KubeBlocks mounts its certificates here. The line says whom curl trusts.
# Without that file nothing is trusted, and every call fails; backup jobs, which have no mounts, decide otherwise.
: "${TLS_DIR:=/qdrant/tls}"
URL_SCHEME=http TLS_LINE=
if [ "${QDRANT__SERVICE__ENABLE_TLS:-}" = true ]; then
  URL_SCHEME=https TLS_LINE="cacert = \"$TLS_DIR/ca.crt\""
fi

# curl, with the key on a descriptor of its own: arguments can be read by everyone who lists processes.
# Callers give --max-time.
curl_qdrant() {
  curl --silent --globoff --connect-timeout "$CONNECT_TIMEOUT" --config /dev/fd/3 "$@" 3<<EOF
$TLS_LINE
$API_KEY_LINE
EOF
}

# limit_requests SECONDS: no request takes longer from here on.
limit_requests() {
  [ "$1" -ge "$STATE_TIMEOUT" ] || STATE_TIMEOUT=$1
  [ "$1" -ge "$REQUEST_TIMEOUT" ] || REQUEST_TIMEOUT=$1
}

# api METHOD URL [JSON]: sets API_STATUS (000: no answer, untrusted: a certificate that was refused) and API_BODY;
# succeeds when the server says it succeeded.
api() {
  api_within "$REQUEST_TIMEOUT" "$@"
}

# api_within SECONDS METHOD URL [JSON]
api_within() {
  api_exit=0
  if [ $# -gt 3 ]; then
    api_answer=$(printf '%s' "$4" | curl_qdrant --max-time "$1" --request "$2" \
      --header 'content-type: application/json' --data-binary @- --write-out '\n%{http_code}' "$3") || api_exit=$?
  else
    api_answer=$(curl_qdrant --max-time "$1" --request "$2" --write-out '\n%{http_code}' "$3") || api_exit=$?
  fi
  read_answer "$api_answer" "$api_exit"
}

# Splits what curl printed, the body and then the status, into API_BODY and API_STATUS: read_answer TEXT EXIT
read_answer() {
  API_STATUS=${1##*"$NEWLINE"}
  API_BODY=${1%"$NEWLINE"*}
  API_EXIT=$2
  # curl's exits for a certificate that does not pass, and for an authority that cannot be read.
  case $API_EXIT in 51 | 60 | 77) API_STATUS=untrusted ;; esac
  case $API_STATUS in
    2??) return 0 ;;
    *) return 1 ;;
  esac
}

# Says why the last call of api failed. Refused keys are answered in plain text, everything else in JSON.
api_problem() {
  case $API_STATUS in
    # 35: something listens, but the two sides found no common TLS.
    000 | '') if [ "$API_EXIT" = 35 ]; then echo "no answer over TLS"; else echo "no answer"; fi ;;
    untrusted)
      if [ -r "$TLS_DIR/ca.crt" ]; then
        echo "the server's certificate is refused: $TLS_DIR/ca.crt does not vouch for it, or it is not for this name"
      else
        echo "the server's certificate is refused: $TLS_DIR/ca.crt cannot be read"
      fi
      ;;
    *) printf 'HTTP %s: %s\n' "$API_STATUS" "$(printf '%s' "$API_BODY" | jq -r '.status.error' 2>/dev/null || printf '%.200s' "$API_BODY")" ;;
  esac
}

# base_url HOST
base_url() {
  printf '%s://%s:%s\n' "$URL_SCHEME" "$1" "$QDRANT_HTTP_PORT"
}

# Asks a host for its view of the cluster: cluster_of HOST. Succeeds when it is a working member of a cluster that has a leader;
# a peer that was removed, or that sees no majority, knows no leader, and its view is not to be trusted. Sets PEER_ROLE: leader or member.
cluster_of() {
  PEER_ROLE=
  api_within "$STATE_TIMEOUT" GET "$(base_url "$1")/cluster" || return 1
  PEER_ROLE=$(printf '%s' "$API_BODY" | jq -r '.result
    | if .consensus_thread_status.consensus_thread_status != "working" or .raft_info.leader == null then ""
      elif .raft_info.leader == .peer_id then "leader" else "member" end' 2>/dev/null) || return 1
  [ -n "$PEER_ROLE" ]
}

# Sets COLLECTIONS to the names of all collections that a host knows, ready for use in URLs (and therefore without blanks).
collections_of() {
  COLLECTIONS=
  api GET "$(base_url "$1")/collections" || return 1
  # shellcheck disable=SC2034 # read by the callers
  COLLECTIONS=$(printf '%s' "$API_BODY" | jq -r '.result.collections[].name | @uri')
}
