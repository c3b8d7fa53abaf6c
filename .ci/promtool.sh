# shellcheck shell=bash
# promtool, which checks the alert rules, the dashboard's expressions and the scrape. Sourced by .ci/run.

# Debian's package would also install and start a Prometheus server, so only promtool is taken out of it.
provide_promtool() {
	if command -v promtool > /dev/null; then
		return
	fi
	if ! grep -q '^ID=debian' /etc/os-release 2> /dev/null || [ "$(id -u)" -ne 0 ]; then
		say "no promtool, so its tests are skipped: fetching it takes Debian and root"
		return
	fi
	say "fetching promtool"
	if ! (
		mkdir "$work/prometheus" && cd "$work/prometheus" &&
			{ apt-get download prometheus || { apt-get update && apt-get download prometheus; }; } &&
			dpkg-deb --extract prometheus_*.deb . && ./usr/bin/promtool --version
	) > "$work/promtool.log" 2>&1; then
		tail -n 20 "$work/promtool.log"
		fail "promtool could not be had from Debian's package prometheus"
	fi
	PATH=$PATH:$work/prometheus/usr/bin
}
