#!/bin/sh
# Backs up every collection on every peer: configuration, payload indexes, shard keys, aliases, and a snapshot of each shard.
# The prelude, scripts/lib.sh and backup/lib.sh stand before this text. Snapshots of different shards are not of the same moment.
# Not backed up: API keys and other configuration of servers, snapshots that lie on the servers, keys of the cluster's metadata.
set -eu

# Downloads a snapshot to the standard output, and says so when it is cut off.
download() {
  curl_qdrant --show-error --fail --max-time "$SNAPSHOT_TIMEOUT" "$1"
}

# Compares what was stored with what the server made: verify FILE CHECKSUM
verify() {
  [ -n "$2" ] && command -v sha256sum >/dev/null || return 0
  stored=$(backup_get "$1" sha256sum) || die "$1 cannot be read again"
  [ "${stored%% *}" = "$2" ] || die "$1 was stored with other contents than the server's snapshot"
}

# Makes a snapshot of a shard on one peer and stores it: snapshot_from HOST COLLECTION SHARD FILE. Sets made.
# It is asked whether this worked, so errors do not end it by themselves.
snapshot_from() {
  shard_url=$(base_url "$1")/collections/$2/shards/$3/snapshots
  api_within "$SNAPSHOT_TIMEOUT" POST "$shard_url?wait=true" || { log "no snapshot of shard $3 of $2 from $1: $(api_problem)"; return 1; }
  # Its name for URLs, its size, its checksum.
  made=$(printf '%s' "$API_BODY" | jq -r '.result | "\(.name | @uri) \(.size) \(.checksum // "")"') || return 1
  made_url=$shard_url/${made%% *}
  received=yes
  backup_put "$4" download "$made_url" || received=no
  # It must not stay on the server's disk, received or not.
  api DELETE "$made_url" || log "the snapshot $made_url was left on the server: $(api_problem)"
  [ "$received" = yes ] || { log "shard $3 of $2 was not received from $1"; return 1; }
  verify "$4" "${made##* }"
}

# Stores one shard from the first peer that can give it: back_up_shard COLLECTION SHARD FILE PEER... Adds its entry to shard_entries.
back_up_shard() {
  shard_collection=$1 shard_id=$2 shard_file=$3
  shift 3
  for peer in "$@"; do
    host=$(host_of "$peer")
    if [ -n "$host" ] && snapshot_from "$host" "$shard_collection" "$shard_id" "$shard_file"; then
      shard_size=${made#* }
      shard_entries="$shard_entries{\"shard\":$shard_id,\"file\":\"$shard_file\",\"size\":${shard_size%% *},\"checksum\":\"${made##* }\"}$NEWLINE"
      return 0
    fi
  done
  die "no peer gave shard $shard_id of $shard_collection"
}

# Stores one collection: back_up_collection NAME NUMBER. Adds its entry to collection_entries.
back_up_collection() {
  must GET "$(collection_url "$1")"
  info=$API_BODY
  points=$(exact_count "$1")
  must GET "$(collection_url "$1")/cluster"
  placement=$API_BODY
  shards=$(printf '%s' "$placement" | jqlib '.result | if (.resharding_operations // []) != [] then "resharding"
    else replicas | group_by(.shard)[] | "\(.[0].shard) \([.[] | select(.state == "Active") | .peer] | join(" "))" end' -r)
  [ "$shards" != resharding ] || die "$1 is being resharded: back it up when that is done"
  shard_entries=''
  while read -r shard peers; do
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$shard" ] || back_up_shard "$1" "$shard" "collections/$2/shard-$shard.snapshot" $peers
  done <<EOF
$shards
EOF
  # Writers may be at work; only a number that stood still can be checked at the restore.
  [ "$(exact_count "$1")" = "$points" ] || points=''
  # shellcheck disable=SC2016 # variables of jq
  collection_entry=$(printf '%s\n%s\n%s\n%s' "$listed" "$info" "$placement" "$shard_entries" | jqlib '
    {name: (.[0].result.collections[].name | select(@uri == $url)), url: $url, points: ($points | tonumber? // null),
      config: .[1].result.config, payload_schema: .[1].result.payload_schema,
      keys: (.[2].result | replicas | map(select(.key != null)) | group_by(.key) | map({key: .[0].key, shards: (map(.shard) | unique)})), shards: .[3:]}' \
    -sc --arg url "$1" --arg points "$points")
  collection_entries=$collection_entries$collection_entry$NEWLINE
}

back_up_all() {
  collections_of "$DATA_HOST" || die "the collections cannot be listed: $(api_problem)"
  listed=$API_BODY
  number=0 collection_entries=''
  for collection in $COLLECTIONS; do
    number=$((number + 1))
    log "collection $collection"
    back_up_collection "$collection" "$number"
  done
  must GET "$(base_url "$DATA_HOST")/aliases"
  # shellcheck disable=SC2016 # variables of jq
  manifest=$(printf '%s\n%s' "$API_BODY" "$collection_entries" | jq -sc --arg id "$(now)-$$" --arg pods "$BACKUP_PODS" \
    '{format: 1, id: $id, pods: $pods, aliases: [.[0].result.aliases[] | {alias: .alias_name, collection: .collection_name}], collections: .[1:]}')
  backup_put manifest.json print_manifest
  log "$number collections are stored"
}

print_manifest() {
  printf '%s\n' "$manifest"
}

read_members || die "$DATA_HOST is not a working member of a cluster: $(api_problem)"
if [ "$BACKUP_PODS" = one ] && ! is_first_member; then
  # A name for each job: they may share a folder, and store at the same time.
  backup_put "elsewhere/${DATA_HOST%%.*}" echo "the job of the first pod stores everything"
  log "the job of the first pod stores everything"
else
  back_up_all
fi
