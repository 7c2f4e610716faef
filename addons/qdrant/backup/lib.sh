# shellcheck shell=sh
# What backup and restore share; pasted after scripts/lib.sh.
#
# A backup is one set of files, whatever the generation: a snapshot of every shard (made on a peer that holds an active copy), and
# manifest.json, which is written last. Shards, not collections, because a shard's snapshot holds all its points and fits on any peer of
# any cluster, while a collection's snapshot holds only what one peer had, and knows nothing of shard keys.
# Steps leave their results in variables rather than print them: busybox's shell forgets set -e inside $(...).
# With a job per pod, the pod with the lowest ordinal does the work; the others store elsewhere/POD, and restore nothing.

: "${DATA_HOST:?}" "${BACKUP_PODS:?}"
# Seconds for making, sending or recovering one snapshot; how long a restore waits for servers and copies; pause between looks.
: "${SNAPSHOT_TIMEOUT:=21600}" "${RESTORE_WAIT:=300}" "${BACKUP_POLL:=2}"

# Making a collection with many shards takes longer than what the other scripts ask for.
export REQUEST_TIMEOUT="${BACKUP_REQUEST_TIMEOUT:-60}"

# A job has no certificates mounted. Then the traffic is encrypted, but nobody checks who answers. Where they are there, a name that
# certificates have is asked for: that of the pod with its namespace, not the short one that jobs are given.
if [ -n "$TLS_LINE" ] && [ ! -e "$TLS_DIR/ca.crt" ]; then
  TLS_LINE=insecure
  log "there is no $TLS_DIR/ca.crt: the server's certificate is not checked"
elif [ -n "$TLS_LINE" ]; then
  for fqdn in $(printf '%s' "${PEER_FQDNS:-}" | tr ',' ' '); do
    [ "${fqdn%%.*}" != "${DATA_HOST%%.*}" ] || DATA_HOST=$fqdn
  done
fi

# Reads the members into MEMBERS, "ID HOST ORDINAL" on each line.
read_members() {
  cluster_of "$DATA_HOST" || return 1
  MEMBERS=$(printf '%s' "$API_BODY" | jqlib '.result.peers | to_entries[] | "\(.key) \(.value.uri | host) \(.value.uri | ordinal)"' -r)
}

# Prints the host of a member, given its id.
host_of() {
  printf '%s\n' "$MEMBERS" | while read -r id host _; do [ "$id" != "$1" ] || printf '%s\n' "$host"; done
}

# Whether the job of this pod is the one that works: no member has a lower ordinal.
is_first_member() {
  own_pod=${DATA_HOST%%.*}
  first=$(printf '%s\n' "$MEMBERS" | while read -r _ _ number; do printf '%s\n' "$number"; done | sort -n | head -n 1)
  [ "${own_pod##*-}" = "$first" ]
}

collection_url() {
  printf '%s/collections/%s\n' "$(base_url "$DATA_HOST")" "$1"
}

# Ends the job unless the call works: must METHOD URL [JSON]
must() {
  api "$@" || die "$1 $2: $(api_problem)"
}

# Prints the number of points of a collection; nothing when it is not told exactly. A collection can forbid exact counts (strict mode).
exact_count() {
  api POST "$(collection_url "$1")/points/count" '{"exact":true}' || return 0
  printf '%s' "$API_BODY" | jq -r '.result.count'
}
