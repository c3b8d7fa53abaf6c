package io.github.hotplate.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running {@code redis-server} that cannot outlive this JVM.
 * <p>
 * The server is started by a shell whose standard input is a pipe that only this JVM
 * holds open. However the JVM ends, {@code kill -9} included, the kernel closes that
 * pipe; a watcher beside the server then kills shell and server, stopped or not, and
 * deletes the JVM's temporary folder. While the JVM lives, the shell ends with the
 * server, so that its exit is the server's.
 */
final class RedisServerProcess {

	// A terminal's Ctrl-C or hang-up is for the JVM alone: the watcher must see its end,
	// and its shutdown may still need the server. Redis handles these signals whether or
	// not they are ignored, so it gets a session of its own where there is setsid.
	private static final String SCRIPT = """
			trap '' HUP INT TERM
			folder=$1
			shift
			if command -v setsid >/dev/null; then set -- setsid "$@"; fi
			exec 3<&0
			"$@" </dev/null >&2 3<&- &
			server=$!
			{ read -r _ <&3; kill -9 $$ $server; rm -rf "$folder"; } &
			watcher=$!
			echo $server
			wait $server
			status=$?
			kill -9 $watcher
			exit $status
			""";

	private static final int EXIT_TIMEOUT_SECONDS = 10;

	private final Process shell;

	private final long serverPid;

	private RedisServerProcess(Process shell, long serverPid) {
		this.shell = shell;
		this.serverPid = serverPid;
	}

	static RedisServerProcess start(List<String> command, Path log) {
		List<String> shellCommand = new ArrayList<>(
				List.of("/bin/sh", "-c", SCRIPT, "sh", TemporaryFolder.root().toString()));
		shellCommand.addAll(command);
		try {
			Process shell = new ProcessBuilder(shellCommand)
				.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
			return new RedisServerProcess(shell, serverPid(shell));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start " + command.get(0), ex);
		}
	}

	private static long serverPid(Process shell) throws IOException {
		BufferedReader output = new BufferedReader(
				new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
		String line = output.readLine();
		if (line == null) {
			throw new IOException("The shell ended without starting the server");
		}
		return Long.parseLong(line);
	}

	long pid() {
		return this.serverPid;
	}

	boolean isAlive() {
		return this.shell.isAlive();
	}

	void kill() {
		if (isAlive()) {
			ProcessHandle.of(this.serverPid).ifPresent(ProcessHandle::destroyForcibly);
		}
		if (!exited(this.shell)) {
			throw new EmbeddedRedisException("redis-server with process id " + this.serverPid + " survives kill -9");
		}
	}

	void stop() {
		signal("STOP");
	}

	void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s $1 $2", "sh", name,
					Long.toString(this.serverPid))
				.start();
			if (!exited(kill) || kill.exitValue() != 0) {
				throw new EmbeddedRedisException(
						"Cannot send SIG%s to redis-server with process id %d".formatted(name, this.serverPid));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot send SIG" + name, ex);
		}
	}

	private static boolean exited(Process process) {
		try {
			return process.waitFor(EXIT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedRedisException("Interrupted while waiting for a process to end", ex);
		}
	}

}
