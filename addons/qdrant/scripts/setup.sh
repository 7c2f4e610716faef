#!/bin/sh
# Starts the server. A node founds a cluster only when it has ordinal 0, its disk was never part of one, and no peer answers;
# every other new node joins a peer that lives. A node that was a member starts with what its disk says.
#
# Exits 1 when it cannot tell what is right or would have to give up data: the container starts again, and tries again.
set -eu
: "${LOG_NAME:=setup}"
# shellcheck source=/dev/null
. "${0%/*}/facts.sh"
# shellcheck source=/dev/null
. "${0%/*}/lib.sh"
: "${QDRANT_BIN:=./qdrant}" "${QDRANT_STORAGE_DIR:=/qdrant/storage}" "${QDRANT_CONFIG:=/qdrant/config/config.yaml}"
# How long ordinal 0 looks for peers before it founds a cluster; how long a node waits for one it can join; pause between looks.
: "${FOUND_WAIT:=30}" "${JOIN_WAIT:=120}" "${START_POLL:=2}"

raft_state=$QDRANT_STORAGE_DIR/raft_state.json
ordinal=$(ordinal_of "${POD_NAME:?}")

# exec, so that signals reach the server. It reads the certificates only where TLS is on. Between peers there is none: their addresses
# are known to all of them, and would have to change everywhere at once.
start_server() {
  log "starting: $*"
  if [ "$URL_SCHEME" = https ]; then
    export QDRANT__TLS__CERT="$TLS_DIR/tls.crt" QDRANT__TLS__KEY="$TLS_DIR/tls.key" QDRANT__TLS__CA_CERT="$TLS_DIR/ca.crt"
  fi
  exec "$QDRANT_BIN" --config-path "$QDRANT_CONFIG" "$@"
}

own_fqdn() {
  printf '%s\n' "$PEER_FQDNS" | tr ',' '\n' | while IFS= read -r fqdn; do
    [ "${fqdn%%.*}" != "$POD_NAME" ] || printf '%s\n' "$fqdn"
  done
}

other_fqdns() {
  printf '%s\n' "$PEER_FQDNS" | tr ',' '\n' | while IFS= read -r fqdn; do
    [ "${fqdn%%.*}" = "$POD_NAME" ] || printf '%s\n' "$fqdn"
  done
}

raft() {
  jq -r "$1" "$raft_state" || die "cannot read $raft_state; the disk needs repair, nothing was changed"
}

# The term of the Raft log is 0 until a node took part in a cluster: before that, an earlier start was interrupted.
was_member() {
  [ -e "$raft_state" ] && [ "$(raft .state.hard_state.term)" != 0 ]
}

# A join that was interrupted leaves a state in which this node is not (the only) voter. It must not found a cluster.
join_interrupted() {
  [ -e "$raft_state" ] && [ "$(raft '.state.conf_state.voters == [.this_peer_id]')" = false ]
}

# Any directory of segments is points. Drained shards leave directories without them.
holds_points() {
  for segments in "$QDRANT_STORAGE_DIR"/collections/*/*/segments; do
    [ ! -d "$segments" ] || return 0
  done
  return 1
}

# Whether a peer that gave no answer listens all the same, with TLS where this node has none or the other way round: TLS is being
# turned on or off. Sends no key.
speaks_otherwise() {
  case $API_EXIT in 6 | 7 | 28) return 1 ;; esac
  other_scheme=https
  [ "$URL_SCHEME" = http ] || other_scheme=http
  curl --silent --globoff --insecure --output /dev/null --connect-timeout "$CONNECT_TIMEOUT" --max-time "$STATE_TIMEOUT" "$other_scheme://$1:$QDRANT_HTTP_PORT/"
}

# Looks at every other peer once. Sets live (a peer that can be joined), answered, refused and untrusted (the number of peers that did
# or were), and otherwise (one that speaks the other scheme).
look_for_peers() {
  live='' answered=0 refused=0 untrusted=0 otherwise=''
  for fqdn in $(other_fqdns); do
    if cluster_of "$fqdn"; then
      live=$fqdn
      answered=$((answered + 1))
      return
    fi
    case $API_STATUS in
      000) ! speaks_otherwise "$fqdn" || { answered=$((answered + 1)) otherwise=$fqdn; } ;;
      untrusted) answered=$((answered + 1)) untrusted=$((untrusted + 1)) problem="$fqdn: $(api_problem)" ;;
      401 | 403) answered=$((answered + 1)) refused=$((refused + 1)) ;;
      *) answered=$((answered + 1)) ;;
    esac
  done
}

# A node that was never a member: join, or found.
start_new() {
  if holds_points; then
    die "$QDRANT_STORAGE_DIR holds collections of a server that was never a member of this cluster; joining would delete them. Move them away or restore them, then start again"
  fi
  # The state of an earlier, interrupted start keeps its peer id; none means that the server makes a new one.
  own_id=$([ ! -e "$raft_state" ] || raft .this_peer_id)
  begin=$(now)
  while :; do
    look_for_peers
    if [ -n "$live" ]; then
      free_own_address
      start_server --uri "http://$fqdn_own:$QDRANT_P2P_PORT" --bootstrap "http://$live:$QDRANT_P2P_PORT"
    fi
    [ "$refused" = 0 ] || die "a peer answers, but refuses the API key: every node needs the same key"
    [ "$untrusted" = 0 ] || die "a peer answers, but is not trusted: $problem"
    waited=$(($(now) - begin))
    if may_found && { [ "$waited" -ge "$FOUND_WAIT" ] || [ -z "$(other_fqdns)" ]; }; then
      start_server --uri "http://$fqdn_own:$QDRANT_P2P_PORT"
    fi
    if [ "$waited" -ge "$JOIN_WAIT" ]; then
      [ -z "$otherwise" ] || die "$otherwise answers, but not by $URL_SCHEME: TLS was turned on or off, and its pod has not restarted since"
      die "no peer that can be joined answered within $JOIN_WAIT s ($answered answered without a leader)"
    fi
    sleep "$START_POLL"
  done
}

may_found() {
  [ "$ordinal" = 0 ] && [ "$answered" = 0 ] && ! join_interrupted
}

# This pod's disk is new, but the cluster may still list an older peer at its address: the disk was lost. Such a peer never comes back.
# Copies that others hold are dropped with it. What nobody else holds is not given up here. (Qdrant 1.16 would let two peers share the address.)
free_own_address() {
  # shellcheck disable=SC2016 # variables of jq
  old_ids=$(printf '%s' "$API_BODY" | jqlib '.result.peers | to_entries[]
    | select((.value.uri | pod) == $pod and .key != $own) | .key' -r --arg pod "$POD_NAME" --arg own "$own_id")
  for old_id in $old_ids; do
    log "the cluster still lists peer $old_id at the address of this pod, whose disk is new"
    collections_of "$live" || die "cannot list the collections: $(api_problem)"
    for collection in $COLLECTIONS; do
      drop_lost_copies "$collection" "$old_id"
    done
    api DELETE "$(base_url "$live")/cluster/peer/$old_id" || die "peer $old_id cannot be removed: $(api_problem)"
    log "peer $old_id was removed; this node joins as a new one"
  done
}

# drop_lost_copies COLLECTION PEER
drop_lost_copies() {
  api GET "$(base_url "$live")/collections/$1/cluster" || die "cannot read the shards of $1: $(api_problem)"
  # shellcheck disable=SC2016 # variables of jq
  lost=$(printf '%s' "$API_BODY" | jqlib '.result | replicas as $all | $all[] | select(.peer == $peer) | .shard as $shard
    | if any($all[]; .shard == $shard and .peer != $peer and .state == "Active") then $shard else "only" end' -r --arg peer "$2")
  for shard in $lost; do
    [ "$shard" != only ] || die "peer $2, whose disk is gone, held the only copy of a shard of collection $1. Bring the disk back; or delete the collection, or the peer with force=true, and lose these points"
    api POST "$(base_url "$live")/collections/$1/cluster" "{\"drop_replica\":{\"shard_id\":$shard,\"peer_id\":$2}}" ||
      die "the lost copy of shard $shard of $1 cannot be dropped: $(api_problem)"
    log "dropped the lost copy of shard $shard of $1; others hold it. Replicate it again (replicate_shard) to have as many copies as before"
  done
}

# A node that was a member keeps the address it was known by: with another one the server would wait for its peers before it listens,
# and when all of them restart nobody would answer.
start_member() {
  own_id=$(raft .this_peer_id)
  is_number "$own_id" || die "$raft_state does not name this peer; the disk needs repair, nothing was changed"
  uri=$(raft ".peer_address_by_id[\"$own_id\"] // \"\"")
  case ${uri#*://} in
    '' | "$POD_NAME".* | "$POD_NAME":*) ;;
    *) die "$QDRANT_STORAGE_DIR belongs to the peer at $uri, not to $POD_NAME; nothing was changed" ;;
  esac
  if was_removed; then
    set_aside
    start_new
  fi
  start_server --uri "${uri:-http://$fqdn_own:$QDRANT_P2P_PORT}"
}

# A removed peer does not learn it when it is down, and would run for ever without a leader, ready but alone.
# Only the leader's word counts; when nobody answers (all restart), the disk is right.
was_removed() {
  leader_said=no
  for fqdn in $(other_fqdns); do
    cluster_of "$fqdn" || continue
    [ "$(printf '%s' "$API_BODY" | jq ".result.peers | has(\"$own_id\")")" = false ] || return 1
    [ "$PEER_ROLE" != leader ] || leader_said=removed
  done
  [ "$leader_said" = removed ]
}

# The disk of a removed peer can be used again when it holds no points. What is on it is moved, not deleted.
set_aside() {
  if is_number "$REPLICAS" && [ "$REPLICAS" -gt 0 ] && [ "$ordinal" -ge "$REPLICAS" ]; then
    die "this node was removed from the cluster and is beyond the $REPLICAS wanted replicas: it does not join again"
  fi
  if holds_points; then
    die "the cluster has removed this node (peer $own_id), but $QDRANT_STORAGE_DIR still holds points. They are kept: copy what is needed, empty the directory, then start again"
  fi
  aside=$QDRANT_STORAGE_DIR/.removed-$own_id-$(now)
  log "the cluster has removed this node (peer $own_id); its old state, which holds no points, goes to $aside"
  mkdir "$aside"
  for entry in "$QDRANT_STORAGE_DIR"/*; do
    [ "${entry##*/}" = lost+found ] || [ ! -e "$entry" ] || mv "$entry" "$aside/"
  done
}

fqdn_own=$(own_fqdn)
[ -n "$fqdn_own" ] || die "the address of $POD_NAME is not among $PEER_FQDNS"
if was_member; then start_member; else start_new; fi
