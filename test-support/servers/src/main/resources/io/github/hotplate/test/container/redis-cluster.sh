#!/bin/sh
# Runs a Redis Cluster in one container: redis-cluster.sh <host announced to clients> <port>...
# The servers talk to each other on the container's loopback; the announced host is for clients only.
set -eu

host=$1
shift
nodes=
for port in "$@"; do
	redis-server \
		--port "$port" \
		--protected-mode no \
		--dir /tmp \
		--pidfile "/tmp/redis-$port.pid" \
		--save "" \
		--appendonly no \
		--cluster-enabled yes \
		--cluster-config-file "nodes-$port.conf" \
		--cluster-node-timeout 2000 \
		--cluster-announce-ip 127.0.0.1 \
		--cluster-announce-hostname "$host" \
		--cluster-preferred-endpoint-type hostname \
		--repl-diskless-sync-delay 0 \
		--repl-ping-replica-period 1 &
	nodes="$nodes 127.0.0.1:$port"
done

for port in "$@"; do
	until redis-cli -p "$port" ping > /dev/null 2>&1; do
		sleep 0.1
	done
done

# The list is meant to be split into words.
# shellcheck disable=SC2086
redis-cli --cluster create $nodes --cluster-replicas 1 --cluster-yes
wait
