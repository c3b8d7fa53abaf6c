# shellcheck shell=bash
# A Docker engine for the container tests: the one that runs, or else one of our own that touches no registry.
# Sourced by .ci/run.

readonly redis_cluster_container=test-support/servers/src/main/java/io/github/hotplate/test/container/RedisClusterContainer.java

engine_available=false
dockerd_pid=
bridge_existed=false

# Leaves engine_available=true behind, or says in one line why not.
start_engine() {
	local problem
	# Its image could not be built here, and the tests stop their containers themselves.
	export TESTCONTAINERS_RYUK_DISABLED=true
	if docker version > /dev/null 2>&1; then
		engine_available=true
		say "container tests use the Docker engine that already runs"
		return
	fi
	if problem=$(engine_obstacle); then
		say "no Docker engine, so container tests are skipped: $problem"
		return
	fi
	[ ! -e /sys/class/net/docker0 ] || bridge_existed=true
	# Ports published on loopback go through docker-proxy, so the machine's firewall and routing stay untouched.
	export TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 DOCKER_HOST=unix://$work/docker.sock
	dockerd --data-root "$work/docker" --exec-root "$work/docker-exec" --pidfile "$work/docker.pid" \
		--host "$DOCKER_HOST" --storage-driver vfs --iptables=false --ip-forward=false > "$work/engine.1.log" 2>&1 &
	dockerd_pid=$!
	if await_engine && import_redis_image > "$work/engine.2.log" 2>&1; then
		engine_available=true
		say "Docker engine $(docker version --format '{{.Server.Version}}') runs, with $(redis_image) built from this machine's Redis"
	else
		problem=$(cat "$work"/engine.*.log | tail -n 1)
		say "no Docker engine, so container tests are skipped: $problem"
		stop_engine
	fi
}

# Prints what rules out an engine before one is tried; fails where nothing does.
engine_obstacle() {
	local command
	for command in dockerd docker redis-check-rdb redis-cli; do
		if ! command -v "$command" > /dev/null; then
			echo "$command is not installed"
			return
		fi
	done
	[ "$(id -u)" -eq 0 ] && return 1
	echo "dockerd needs root"
}

await_engine() {
	for _ in {1..150}; do
		docker version > /dev/null 2>&1 && return
		kill -0 "$dockerd_pid" 2> /dev/null || return 1
		sleep 0.2
	done
	return 1
}

# The image that the tests ask for.
redis_image() {
	sed -nE 's/.*DockerImageName\.parse\("([^"]+)"\).*/\1/p' "$redis_cluster_container"
}

# Debian's redis-server is the same program as its redis-check-rdb, but its package would also start a service.
import_redis_image() {
	local programs=(/bin/sh /bin/bash /bin/cat /bin/grep /bin/sleep /usr/bin/redis-cli /usr/bin/redis-check-rdb) program
	for program in "${programs[@]}"; do
		echo "$program"
		ldd "$program" | grep -o '/[^ ]*'
	done | sort -u | tar --create --dereference --absolute-names --transform 's,redis-check-rdb$,redis-server,' \
		--no-recursion --files-from - /tmp |
		docker import --change 'ENV PATH=/usr/bin:/bin' --change 'CMD ["redis-server", "--protected-mode", "no"]' \
			- "$(redis_image)" &&
		docker run --rm --pull never "$(redis_image)" redis-server --version
}

stop_engine() {
	engine_available=false
	[ -n "$dockerd_pid" ] || return 0
	docker ps --all --quiet 2> /dev/null | xargs -r docker rm --force > /dev/null 2>&1 || true
	kill "$dockerd_pid" 2> /dev/null || true
	wait "$dockerd_pid" 2> /dev/null || true
	dockerd_pid=
	unset DOCKER_HOST
	$bridge_existed || ip link delete docker0 2> /dev/null || true
}
