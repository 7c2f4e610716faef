#!/bin/sh
# Restores a backup into a running cluster of any size. The prelude, scripts/lib.sh and backup/lib.sh stand before this text.
# There is a job for each pod; one of them works. Everything is checked before anything is changed; a collection that is there
# and has points is refused. A job that failed can run again: an alias marks the collections whose points are its own.
set -eu

BOUNDARY=addonsmith-snapshot-9b1d7c02f54e4a6c

# Why nothing may be restored, a line each.
refused=''
refuse() {
  refused="$refused$NEWLINE  $*"
}

# Programs for jq over an entry of the manifest, over the last answer, and over both (as .[0], the answer, and .[1], the entry).
# The entry is in a variable, the texts go through pipes: a collection with many shards does not fit into an argument.
entry() {
  entry_program=$1
  shift
  printf '%s' "$ENTRY" | jq "$@" "$entry_program"
}

answer() {
  answer_program=$1
  shift
  printf '%s' "$API_BODY" | jqlib "$answer_program" "$@"
}

compare() {
  printf '%s\n%s' "$API_BODY" "$ENTRY" | jqlib "$1" -s
}

# is_stored PATTERN
is_stored() {
  printf '%s\n' "$stored" | grep -q "$1"
}

wait_for_server() {
  begin=$(now)
  until read_members; do
    case $API_STATUS in 401 | 403) die "$DATA_HOST refuses the API key: $(api_problem)" ;; esac
    [ $(($(now) - begin)) -lt "$RESTORE_WAIT" ] || die "$DATA_HOST is not a working member of a cluster: $(api_problem)"
    sleep "$BACKUP_POLL"
  done
}

# Chooses a collection of the manifest: sets ENTRY, url, and marker, the alias which says that a restore of this backup has begun to fill it.
choose() {
  chosen=$(printf '%s' "$manifest" | jq -r ".collections[$1] | .url, tojson")
  url=${chosen%%"$NEWLINE"*}
  ENTRY=${chosen#*"$NEWLINE"}
  marker=addonsmith-restore-$backup_id-$1
}

is_marked() {
  # shellcheck disable=SC2016 # variables of jq
  [ "$(printf '%s' "$aliases" | jq --arg alias "$marker" 'any(.result.aliases[]; .alias_name == $alias)')" = true ]
}

# Points are routed by the ids of the shards of their key, so a key must get the ids it had. New ids follow the highest one, the first is 1.
# So keys are made in the order of their ids, and the ids of one must follow one another.
KEY_PLAN='.keys | sort_by(.shards[0])[] | {key, first: .shards[0], count: (.shards | length), possible: (.shards[-1] - .shards[0] + 1 == (.shards | length) and .shards[0] > 0)}'

check_collection() {
  [ "$(entry "[$KEY_PLAN | .possible] | all")" = true ] || refuse "$url: its shard keys cannot be made again with the ids that their shards had"
  # shellcheck disable=SC2016 # variables of jq
  [ "$(printf '%s' "$aliases" | jq --arg url "$url" 'any(.result.aliases[]; (.alias_name | @uri) == $url)')" = false ] || refuse "$url: an alias has this name"
  if ! api GET "$(collection_url "$url")"; then
    [ "$API_STATUS" = 404 ] || die "$url cannot be looked at: $(api_problem)"
    return 0
  fi
  [ "$(compare '[.[0].result.config.params, .[1].config.params] | map([.vectors, .sparse_vectors // {}, .sharding_method // "auto", .shard_number]) | .[0] == .[1]')" = true ] ||
    refuse "$url: exists with other vectors or shards"
  is_marked || check_empty
}

# Looks at the collection whose description is the last answer.
check_empty() {
  about=$(answer '.result.points_count // 0')
  points=$(exact_count "$url")
  [ "${points:-$about}" = 0 ] || refuse "$url: exists and has ${points:-about $about} points"
}

# An alias of the backup must not take a name that stands for something else now.
check_aliases() {
  must GET "$(base_url "$DATA_HOST")/collections"
  # shellcheck disable=SC2016 # variables of jq
  taken=$(printf '%s\n%s\n%s' "$aliases" "$API_BODY" "$manifest" | jq -rs '.[0].result.aliases as $aliases | [.[1].result.collections[].name] as $names
    | .[2].aliases[] | . as $a | select(any($names[]; . == $a.alias) or any($aliases[]; .alias_name == $a.alias and .collection_name != $a.collection)) | .alias | @uri')
  for alias in $taken; do refuse "alias $alias: something else has this name"; done
}

create_collection() {
  if ! api GET "$(collection_url "$url")"; then
    must PUT "$(collection_url "$url")" "$(entry '(.config.params | {vectors, sparse_vectors, shard_number, sharding_method, replication_factor, write_consistency_factor, on_disk_payload})
      + (.config | {hnsw_config, wal_config, optimizers_config: .optimizer_config, quantization_config, strict_mode_config, metadata})
      | with_entries(select(.value != null))' -c)"
  fi
  # shellcheck disable=SC2016 # variables of jq
  is_marked || must POST "$(base_url "$DATA_HOST")/collections/aliases" "$(entry '{actions: [{create_alias: {alias_name: $marker, collection_name: .name}}]}' -c --arg marker "$marker")"
  fan_out=$(entry '.config.params | {read_fan_out_factor, read_fan_out_delay_ms} | with_entries(select(.value != null))' -c)
  [ "$fan_out" = '{}' ] || must PATCH "$(collection_url "$url")" "{\"params\":$fan_out}"
}

create_key() {
  must PUT "$(collection_url "$url")/shards" "{\"shard_key\":$1,\"shards_number\":$2}"
}

# Gaps between the ids of keys (left by keys that were deleted before the backup) are filled with a key that is deleted afterwards.
create_keys() {
  filler=0
  steps=$(entry "$KEY_PLAN | \"\\(.first) \\(.count) \\(.key | tojson)\"" -r)
  while read -r first count key; do
    [ -n "$first" ] || continue
    must GET "$(collection_url "$url")/cluster"
    highest=$(answer '.result | [replicas[].shard] | max // 0')
    [ "$highest" -lt "$first" ] || continue
    if [ "$highest" -lt $((first - 1)) ]; then
      filler=$((filler + 1))
      create_key "\"addonsmith-filler-$filler\"" $((first - 1 - highest))
    fi
    create_key "$key" "$count"
  done <<EOF
$steps
EOF
  must GET "$(collection_url "$url")/cluster"
  for key in $(answer '.result | [replicas[].key | strings | select(startswith("addonsmith-filler-"))] | unique[] | tojson' -r); do
    must POST "$(collection_url "$url")/shards/delete" "{\"shard_key\":$key}"
  done
}

create_indexes() {
  indexes=$(entry '.payload_schema | to_entries[] | {field_name: .key, field_schema: (.value.params // .value.data_type)}' -c)
  while IFS= read -r index; do
    [ -z "$index" ] || must PUT "$(collection_url "$url")/index?wait=true" "$index"
  done <<EOF
$indexes
EOF
}

# Sends the standard input as a file of a form, without holding it in memory, as curl's own forms would do with a pipe.
form_of_snapshot() {
  printf -- '--%s\r\nContent-Disposition: form-data; name="snapshot"; filename="shard.snapshot"\r\nContent-Type: application/octet-stream\r\n\r\n' "$BOUNDARY"
  cat
  printf '\r\n--%s--\r\n' "$BOUNDARY"
}

upload() {
  upload_exit=0
  uploaded=$(form_of_snapshot | curl_qdrant --show-error --max-time "$SNAPSHOT_TIMEOUT" --request POST --upload-file - \
    --header "content-type: multipart/form-data; boundary=$BOUNDARY" --write-out '\n%{http_code}' "$1") || upload_exit=$?
  read_answer "$uploaded" "$upload_exit" || { log "$1: $(api_problem)"; return 1; }
}

# Gives every copy of every shard the points of the backup: each gets them by itself, so it does not matter where copies lie now.
# Copies that come or move in the meantime get theirs in the next round. Done when a round finds all of them filled and active.
fill_shards() {
  sources=$(entry '.shards[] | "\(.shard) \(.file) \(.checksum // "")"' -r)
  filled=' '
  begin=$(now)
  while :; do
    read_members || die "$DATA_HOST is not a working member of a cluster: $(api_problem)"
    must GET "$(collection_url "$url")/cluster"
    new_copies=no
    copies=$(answer '.result | replicas[] | "\(.shard) \(.peer) \(.state)"' -r)
    fill_copies
    if [ "$new_copies" = no ] && ! printf '%s' "$copies" | grep -qv ' Active$'; then return 0; fi
    [ $(($(now) - begin)) -lt "$SNAPSHOT_TIMEOUT" ] || die "copies of $url did not become active"
    [ "$new_copies" = yes ] || sleep "$BACKUP_POLL"
  done
}

fill_copies() {
  while read -r shard peer _; do
    [ -n "$shard" ] || continue
    case $filled in *" $shard@$peer "*) continue ;; esac
    source=$(printf '%s\n' "$sources" | sed -n "s/^$shard //p")
    [ -n "$source" ] || die "the backup has no shard $shard of $url"
    checksum=${source#* }
    log "shard $shard of $url goes to peer $peer"
    backup_get "${source%% *}" upload "$(base_url "$(host_of "$peer")")/collections/$url/shards/$shard/snapshots/upload?wait=true&priority=no_sync${checksum:+&checksum=$checksum}" ||
      die "shard $shard of $url was not restored on peer $peer"
    filled="$filled$shard@$peer "
    new_copies=yes
  done <<EOF
$copies
EOF
}

# The shards and their keys are those of the backup, and there are as many points as it had.
check_restored() {
  must GET "$(collection_url "$url")/cluster"
  # shellcheck disable=SC2016 # variables of jq
  [ "$(compare '(.[0].result | replicas) as $now | .[1] as $entry | ([$now[].shard] | unique) == ([$entry.shards[].shard] | unique)
    and ([$now[] | select(.key != null)] | group_by(.key) | map({key: .[0].key, shards: (map(.shard) | unique)})) == $entry.keys')" = true ] ||
    die "$url has other shards than the backup; delete it and restore again"
  expected=$(entry '.points // ""' -r)
  points=$(exact_count "$url")
  if [ -z "$expected" ] || [ -z "$points" ]; then
    log "$url is restored; its points were not counted: their number changed during the backup, or may not be asked for"
  elif [ "$points" = "$expected" ]; then
    log "$url is restored: $points points"
  else
    die "$url has $points points, the backup has $expected"
  fi
}

# In one step, when everything is restored: the aliases of the backup come, the markers go. Until then a new run may overwrite every collection
# that it marked, those that are complete included.
finish() {
  must GET "$(base_url "$DATA_HOST")/aliases"
  # shellcheck disable=SC2016 # variables of jq
  must POST "$(base_url "$DATA_HOST")/collections/aliases" "$(printf '%s\n%s' "$API_BODY" "$manifest" | jq -cs --arg prefix "addonsmith-restore-$backup_id-" '
    {actions: ([.[1].aliases[] | {create_alias: {alias_name: .alias, collection_name: .collection}}]
      + [.[0].result.aliases[].alias_name | select(startswith($prefix)) | {delete_alias: {alias_name: .}}])}')"
}

restore_all() {
  must GET "$(base_url "$DATA_HOST")/aliases"
  aliases=$API_BODY
  positions=$(printf '%s' "$manifest" | jq '.collections | keys[]')
  for position in $positions; do
    choose "$position"
    check_collection
  done
  check_aliases
  [ -z "$refused" ] || die "nothing was changed:$refused"
  for position in $positions; do
    choose "$position"
    create_collection
    case $ENTRY in *'"keys":[]'*) ;; *) create_keys ;; esac
    create_indexes
    fill_shards
    check_restored
  done
  [ -z "$positions" ] || finish
  log "all collections are restored"
}

stored=$(backup_list '')
if is_stored "^manifest.json\$"; then
  manifest=$(backup_get manifest.json cat)
  [ "$(printf '%s' "$manifest" | jq .format)" = 1 ] || die "this backup has a format that this script does not know"
  backup_id=$(printf '%s' "$manifest" | jq -r .id)
  wait_for_server
  # Every job sees a backup that one job stored, or that lies beside the notes of the others: then only one may act on it.
  if { [ "$(printf '%s' "$manifest" | jq -r .pods)" = all ] || is_stored "^elsewhere/"; } && ! is_first_member; then
    log "the job of the first pod restores everything"
  else
    restore_all
  fi
elif is_stored "^elsewhere/"; then
  log "what this pod's job stored was nothing: the job that has the backup restores everything"
else
  die "the backup is not complete: it has no manifest"
fi
