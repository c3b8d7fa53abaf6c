# shellcheck shell=bash
# What must hold beside a green build. Sourced by .ci/run.

application_pid=
redis_servers_before=

check_readme_states() {
	grep -qF "$1" README.md || fail "README.md does not state '$1', which is what CI runs"
}

remove_test_reports() {
	find . -path '*/target/failsafe-reports/TEST-*.xml' -delete
}

check_optional_tests_ran() {
	if command -v chromium > /dev/null && command -v chromedriver > /dev/null; then
		check_tests_ran "browser tests" BrowserIntegrationTests
	fi
	if command -v promtool > /dev/null; then
		check_tests_ran "promtool tests" PromtoolIntegrationTests
	fi
	if $engine_available; then
		check_tests_ran "container tests" ContainerIntegrationTests
	fi
}

# check_tests_ran <what they are> <end of their class names>
check_tests_ran() {
	local reports skipped
	mapfile -t reports < <(find . -path "*/target/failsafe-reports/TEST-*$2*.xml")
	[ "${#reports[@]}" -gt 0 ] || fail "no $1 ran: there is no report of a *$2 class"
	skipped=$(grep -l '<skipped' "${reports[@]}" || true)
	[ -z "$skipped" ] || fail "$1 were skipped: ${skipped//$'\n'/ }"
	say "$1 ran: ${#reports[@]} classes"
}

redis_servers() {
	local comm
	for comm in /proc/[0-9]*/comm; do
		if [ "$(cat "$comm" 2> /dev/null)" = redis-server ]; then
			basename "${comm%/comm}"
		fi
	done | sort
}

# Servers that somebody else runs on this machine are none of ours.
remember_redis_servers() {
	redis_servers_before=$(redis_servers)
}

# A server ends moments after its JVM, so it is given some.
check_nothing_is_left() {
	local servers containers=
	for _ in {1..20}; do
		servers=$(comm -13 <(echo "$redis_servers_before") <(redis_servers))
		[ -n "$servers" ] || break
		sleep 0.5
	done
	[ -z "$servers" ] || fail "redis-server still runs as process ${servers//$'\n'/ }"
	if $engine_available; then
		containers=$(docker ps --all --quiet --filter label=org.testcontainers)
	fi
	[ -z "$containers" ] || fail "containers are left: ${containers//$'\n'/ }"
}

free_port() {
	local port
	while
		port=$((10000 + RANDOM % 10000))
		(: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null
	do :; done
	echo "$port"
}

# check_page_is_served <command>: it must serve the page at the address it prints.
check_page_is_served() {
	local port log=$work/application.log
	port=$(free_port)
	say "$* on port $port"
	# In a process group of its own, since Maven forks the application.
	SERVER_PORT=$port setsid "$@" -B -ntp > "$log" 2>&1 &
	application_pid=$!
	for _ in {1..180}; do
		# The page answers a moment before its address is printed.
		if page_answers "$port" && grep -q "http://[^ ]*:$port" "$log"; then
			say "the page answers"
			stop_application
			check_nothing_is_left
			return
		fi
		kill -0 "$application_pid" 2> /dev/null || break
		sleep 1
	done
	tail -n 40 "$log"
	fail "$* served no page on port $port, or did not print its address"
}

page_answers() {
	[ "$(curl --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "http://127.0.0.1:$1/")" = 200 ]
}

stop_application() {
	[ -n "$application_pid" ] || return 0
	kill -- "-$application_pid" 2> /dev/null || true
	for _ in {1..60}; do
		kill -0 -- "-$application_pid" 2> /dev/null || break
		sleep 0.5
	done
	kill -KILL -- "-$application_pid" 2> /dev/null || true
	wait "$application_pid" 2> /dev/null || true
	application_pid=
}
