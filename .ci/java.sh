# shellcheck shell=bash
# The JDKs of this machine. Sourced by .ci/run.

# The java that mvn uses.
default_java() {
	if [ -n "${JAVA_HOME:-}" ]; then
		echo "$JAVA_HOME/bin/java"
	else
		command -v java
	fi
}

# java_version <java>: its feature version, such as 17
java_version() {
	"$1" -version 2>&1 | sed -nE 's/.* version "(1\.)?([0-9]+).*/\2/p' | head -n 1
}

# Prints the home of the newest JDK from 21 on that is not the default one's version; fails where there is none.
newest_other_jdk() {
	local default home version newest=20 found=
	default=$(java_version "$(default_java)")
	for home in /usr/lib/jvm/* /opt/java* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/*; do
		[ -x "$home/bin/javac" ] || continue
		version=$(java_version "$home/bin/java")
		if [ "${version:-0}" -gt "$newest" ] && [ "$version" -ne "$default" ]; then
			newest=$version
			found=$home
		fi
	done
	[ -n "$found" ] && echo "$found"
}
