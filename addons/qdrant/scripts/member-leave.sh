#!/bin/sh
# Makes a node leave: what it holds goes to nodes that stay, then it is removed from the cluster. One attempt, which takes LEAVE_TIMEOUT
# seconds at most; the next call goes on where this one stopped. Never forces anything. May run on any pod.
#
#   LEAVE_POD_NAME  the pod that leaves; its ordinal must be at or beyond the wanted number of replicas
#   LEAVE_DECIDED   set where KubeBlocks itself has decided that this pod goes, and nothing tells the wanted number of replicas of now:
#                   every other pod counts as one that stays, those of lower ordinals first, since others may be on their way out as well
#   LEAVE_REPLICAS  for people who drain a pod before they scale in: treats the cluster as if no more than this number of replicas were wanted.
#                   Until the cluster is scaled in, a drained pod that restarts joins again, empty
#
#   exit 0  the node holds nothing and is no member (any more)
#   exit 1  not yet: call again. The messages say what it waits for
#   exit 2  LEAVE_POD_NAME is missing, or LEAVE_REPLICAS is no number of at least 1
#   exit 3  refused: the node is not one that leaves, or the wanted number of replicas is not known
set -eu
: "${LOG_NAME:=member-leave}"
# shellcheck source=/dev/null
. "${0%/*}/facts.sh"
# shellcheck source=/dev/null
. "${0%/*}/lib.sh"
: "${LEAVE_TIMEOUT:=50}" "${LEAVE_POLL:=1}"
# Shards that move at the same time.
: "${LEAVE_PARALLEL:=2}"
[ -n "${LEAVE_POD_NAME:-}" ] || { log "LEAVE_POD_NAME says which pod leaves"; exit 2; }
: "${LEAVE_REPLICAS:=}"
if [ -n "$LEAVE_REPLICAS" ] && ! { is_number "$LEAVE_REPLICAS" && [ "$LEAVE_REPLICAS" -gt 0 ]; }; then
  log "LEAVE_REPLICAS is the number of replicas that stay, at least 1, and not $LEAVE_REPLICAS"
  exit 2
fi
# Which shard was sent where, so that another target is tried when a transfer failed. Only a hint: without it the script works too.
: "${LEAVE_TRIES_FILE:=/tmp/addonsmith-leave-$LEAVE_POD_NAME}"
(: >>"$LEAVE_TRIES_FILE") 2>/dev/null || LEAVE_TRIES_FILE=/dev/null

# Beyond every ordinal.
ALL_STAY=2147483647

deadline=$(($(now) + LEAVE_TIMEOUT))
leave_ordinal=$(ordinal_of "$LEAVE_POD_NAME")

# Read again before every step: when the cluster grows again in the meantime, the node stays.
check_leaves() {
  if [ -n "${LEAVE_DECIDED:-}" ]; then
    REPLICAS=$ALL_STAY
    return
  fi
  # shellcheck source=/dev/null
  . "${0%/*}/facts.sh"
  is_number "$leave_ordinal" || { log "$LEAVE_POD_NAME does not end in an ordinal"; exit 3; }
  is_number "$REPLICAS" || { log "the wanted number of replicas is not known: nothing is moved"; exit 3; }
  [ "$REPLICAS" -gt 0 ] || { log "the cluster stops (0 replicas are wanted): nothing is moved"; exit 3; }
  [ "${LEAVE_REPLICAS:-$REPLICAS}" -ge "$REPLICAS" ] || REPLICAS=$LEAVE_REPLICAS
  [ "$leave_ordinal" -ge "$REPLICAS" ] || { log "$LEAVE_POD_NAME is one of the $REPLICAS wanted replicas: nothing is moved"; exit 3; }
}

# Ends the attempt when its time is over; no request goes beyond it.
check_time() {
  remaining=$((deadline - $(now)))
  [ "$remaining" -gt 0 ] || die "$LEAVE_POD_NAME has not left yet: $why"
  limit_requests "$remaining"
}

# Looks at every pod and keeps what the working members of a cluster with a leader answer, each after its address: two texts of JSON per pod.
look_around() {
  views=
  for fqdn in $(printf '%s' "$PEER_FQDNS" | tr ',' ' '); do
    if api_within "$STATE_TIMEOUT" GET "$(base_url "$fqdn")/cluster"; then
      views="$views\"$fqdn\"$NEWLINE$API_BODY$NEWLINE"
    elif [ "$API_STATUS" != 000 ]; then
      log "${fqdn%%.*} does not help: $(api_problem)"
    fi
  done
  choose_api_host
}

# Sets alive, the pods that are working members (state "Active" stays with a copy whose pod is down, so it is not enough), and api_host
# with its answer in cluster: a peer that stays, which is asked for everything, since the view of the one that leaves ends with its
# removal. The leader's view is the newest, so it is preferred.
choose_api_host() {
  # shellcheck disable=SC2016 # variables of jq
  chosen=$(printf '%s' "$views" | jqlib '[pairs[] | {fqdn: .[0], view: .[1].result}
      | select(.view.consensus_thread_status.consensus_thread_status == "working" and .view.raft_info.leader != null)]
    | (map(.fqdn | pod) | join(" ")) as $alive
    | map(select((.fqdn | pod) != $leaving and (.fqdn | ordinal) >= 0 and (.fqdn | ordinal) < $replicas)) | sort_by(.view.peer_id != .view.raft_info.leader)[0] // empty
    | .fqdn, $alive, (.view | tojson)' -rs --arg leaving "$LEAVE_POD_NAME" --argjson replicas "$REPLICAS") || return 1
  [ -n "$chosen" ] || return 1
  api_host=$(printf '%s' "$chosen" | sed -n 1p)
  alive=" $(printf '%s' "$chosen" | sed -n 2p) "
  cluster=$(printf '%s' "$chosen" | sed -n 3p)
}

# Keeps what a host says about the shards of all collections, each answer after the name: shards_of HOST. Sets SHARDS.
shards_of() {
  SHARDS=
  collections_of "$1" || return 1
  for name in $COLLECTIONS; do
    api GET "$(base_url "$1")/collections/$name/cluster" || return 1
    SHARDS="$SHARDS\"$name\"$NEWLINE$API_BODY$NEWLINE"
  done
}

# Says what to do next, a step on a line: "drop ID COLLECTION SHARD", "move ID COLLECTION SHARD TO", "wait ID COLLECTION SHARD WHY",
# "remove ID HOST" when a peer holds nothing. Nothing: the pod is no member. It has more than one id when its disk was replaced.
# - A copy that another peer, which answers, holds in state Active is dropped. Qdrant refuses to drop the last active copy, should two leave at once.
# - Else the shard moves to a peer that stays, answers, and holds no copy in any state: a transfer onto a copy would switch that one off.
#   Targets that failed for this shard come last, then the one with the fewest copies wins, those on their way included.
plan() {
  # shellcheck disable=SC2016 # variables of jq
  printf '%s\n%s' "$cluster" "$SHARDS" | jqlib '(.[0].peers | map_values(.uri)) as $uris
    | [.[1:] | pairs[] | .[0] as $name | .[1].result | {name: $name, replicas: replicas, resharding: ((.resharding_operations // []) != []),
        transfers: [.shard_transfers[] | {shard: .shard_id, from: (.from | tostring), to: (.to | tostring)}]}] as $all
    | def living: $uris[.] != null and (($uris[.] | pod) as $p | $alive | contains(" \($p) "));
      def staying: ($uris[.] | ordinal) as $n | $n >= 0 and $n < $replicas and ($uris[.] | pod) != $leaving;
      [$uris | to_entries[] | select((.value | pod) == $leaving) | .key] as $ids
    | {load: (reduce ($all[] | .replicas[].peer, .transfers[].to) as $p ({}; .[$p] += 1)), steps: [],
       free: ($parallel - ([$all[].transfers[] | select(.from as $p | any($ids[]; . == $p))] | length))}
    | reduce ($ids[] as $id | $all[] as $c | $c.replicas[] | select(.peer == $id) | {id: $id, c: $c, r: .}) as {id: $id, c: $c, r: $r} (.;
        def say($what; $rest): .steps += ["\($what) \($id) \($c.name) \($r.shard)\($rest)"];
        .others = [$c.replicas[] | select(.shard == $r.shard and .peer != $id)]
        | (.others | map(.peer)) as $taken | .load as $load
        | .targets = ([$uris | keys[] | select(living and staying) | select(. as $p | all($taken[]; . != $p))]
            | sort_by(. as $p | [([$tries[] | select(. == [$c.name, $r.shard, $p])] | length), ($uris[$p] | ordinal) > ($leaving | ordinal), ($load[$p] // 0)]))
        | if any($c.transfers[]; .shard == $r.shard and (.from == $id or .to == $id)) then say("wait"; " a transfer is under way")
          elif $c.resharding then say("wait"; " the collection is being resharded")
          elif any(.others[]; .state == "Active" and (.peer | living)) then say("drop"; "")
          elif $r.state != "Active" then say("wait"; " its copy is \($r.state), and no peer that answers has an active one")
          elif ($id | living | not) then say("wait"; " the pod that leaves does not answer and holds the only copy")
          elif .targets == [] then say("wait"; " no peer that stays and answers is without a copy")
          elif .free <= 0 then say("wait"; " other shards move first")
          else say("move"; " \(.targets[0])") | .load[.targets[0]] += 1 | .free -= 1 end)
    | .steps[], ($ids[] | select(. as $id | all($all[].replicas[]; .peer != $id)) | "remove \(.) \($uris[.] | host)")' \
    -rs --arg leaving "$LEAVE_POD_NAME" --arg alive "$alive" --argjson replicas "$REPLICAS" --argjson parallel "$LEAVE_PARALLEL" --slurpfile tries "$LEAVE_TRIES_FILE"
}

# step drop|move|wait|remove ID COLLECTION|HOST SHARD TO|WHY
step() {
  step_url=$(base_url "$api_host")/collections/$3/cluster
  case $1 in
    drop)
      log "shard $4 of $3: others hold it, its copy is dropped"
      api POST "$step_url" "{\"drop_replica\":{\"shard_id\":$4,\"peer_id\":$2}}" || log "shard $4 of $3 cannot be dropped: $(api_problem)"
      ;;
    move)
      log "shard $4 of $3 moves to peer $5"
      printf '["%s",%s,"%s"]\n' "$3" "$4" "$5" >>"$LEAVE_TRIES_FILE"
      api POST "$step_url" "{\"move_shard\":{\"shard_id\":$4,\"from_peer_id\":$2,\"to_peer_id\":$5}}" || log "shard $4 of $3 cannot be moved: $(api_problem)"
      ;;
    remove) remove_member "$2" "$3" ;;
  esac
}

# The peer that leaves may know of a shard that the others' answers did not show yet: holds_nothing HOST. Succeeds when it knows of none, or does not answer.
holds_nothing() {
  shards_of "$1" || return 0
  [ "$(printf '%s' "$SHARDS" | jq -s 'map(objects | .result.local_shards | length) | add // 0')" = 0 ]
}

# Removes a drained peer, without force: the server refuses when a shard came to it in the meantime, and when most members cannot agree.
# remove_member ID HOST
remove_member() {
  holds_nothing "$2" || { why="the pod that leaves still knows of shards"; return 0; }
  check_leaves
  log "removing peer $1, which holds nothing"
  api DELETE "$(base_url "$api_host")/cluster/peer/$1" || { why="peer $1 cannot be removed: $(api_problem)"; log "$why"; }
}

# One round: plans, then does what can be done now. A descriptor of its own: what runs inside must not read the list.
drain() {
  steps=$(plan) || die "$LEAVE_POD_NAME has not left yet: no step could be planned"
  [ -n "$steps" ] || { log "$LEAVE_POD_NAME is no member"; [ "$LEAVE_TRIES_FILE" = /dev/null ] || rm -f "$LEAVE_TRIES_FILE"; exit 0; }
  why=$(printf '%s\n' "$steps" | sed -n 's/^wait [^ ]* \([^ ]*\) \([^ ]*\)/shard \2 of \1:/p' | head -n 1)
  : "${why:=its shards are on their way}"
  while read -r what id where shard to <&4; do
    check_time
    step "$what" "$id" "$where" "$shard" "$to"
  done 4<<EOF
$steps
EOF
}

why="no peer that stays answers and has a leader"
while :; do
  check_leaves
  check_time
  if look_around; then
    if shards_of "$api_host"; then drain; else why="the shards cannot be read from $api_host"; fi
  fi
  sleep "$LEAVE_POLL"
done
