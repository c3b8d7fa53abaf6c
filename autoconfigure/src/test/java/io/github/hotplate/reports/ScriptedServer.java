package io.github.hotplate.reports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * A cluster of one node that refuses the commands that it is told to refuse, and answers
 * all others. It counts what it receives.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Map<String, Deque<Refusal>> refusals = new ConcurrentHashMap<>();

	private final Map<String, Integer> received = new ConcurrentHashMap<>();

	private final Map<String, List<String>> latest = new ConcurrentHashMap<>();

	private final Map<String, Integer> ran = new ConcurrentHashMap<>();

	private ScriptedServer(ServerSocket serverSocket) {
		this.serverSocket = serverSocket;
	}

	public static ScriptedServer start() {
		try {
			ScriptedServer server = new ScriptedServer(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
			daemon(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "scripted-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Socket socket = this.serverSocket.accept();
				socket.setTcpNoDelay(true);
				daemon(() -> serve(socket));
			}
			catch (IOException ex) {
				// The server is closed.
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			Session session = new Session(socket);
			while (session.next()) {
				continue;
			}
		}
		catch (IOException ex) {
			// The client has gone.
			return;
		}
	}

	public String url() {
		return "redis://" + address();
	}

	public String address() {
		return this.serverSocket.getInetAddress().getHostAddress() + ":" + this.serverSocket.getLocalPort();
	}

	/**
	 * Refuse the next command of a name.
	 * @param command its name in upper case
	 * @param error the error reply
	 * @param close whether to close the connection then
	 */
	public void refuse(String command, String error, boolean close) {
		refuse(command, new Refusal(error, close, command.equals("EXEC")));
	}

	/**
	 * Refuse the next command of a name, and stay in the transaction.
	 * @param command its name in upper case
	 * @param error the error reply
	 */
	public void refuseWithoutEnd(String command, String error) {
		refuse(command, new Refusal(error, false, false));
	}

	/**
	 * Close the connection at the next command of a name, without a reply.
	 * @param command its name in upper case
	 */
	public void hangUpOn(String command) {
		refuse(command, new Refusal("", true, false));
	}

	private void refuse(String command, Refusal refusal) {
		this.refusals.computeIfAbsent(command, (key) -> new ConcurrentLinkedDeque<>()).add(refusal);
	}

	public int received(String command) {
		return this.received.getOrDefault(command, 0);
	}

	public List<String> latest(String command) {
		return this.latest.getOrDefault(command, List.of());
	}

	public int ran(String command) {
		return this.ran.getOrDefault(command, 0);
	}

	@Override
	public void close() {
		try {
			this.serverSocket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Refusal(String error, boolean close, boolean end) {

	}

	private final class Session {

		private final InputStream input;

		private final OutputStream output;

		private @Nullable List<String> queue;

		private boolean dirty;

		Session(Socket socket) throws IOException {
			this.input = new BufferedInputStream(socket.getInputStream());
			this.output = socket.getOutputStream();
		}

		boolean next() throws IOException {
			List<String> command = read();
			if (command.isEmpty()) {
				return false;
			}
			String name = command.get(0).toUpperCase(Locale.ROOT);
			ScriptedServer.this.received.merge(name, 1, Integer::sum);
			ScriptedServer.this.latest.put(name, command);
			Deque<Refusal> due = ScriptedServer.this.refusals.get(name);
			Refusal refusal = (due != null) ? due.poll() : null;
			if (refusal == null) {
				write(reply(name, command));
				return true;
			}
			this.dirty = true;
			if (refusal.end()) {
				this.queue = null;
			}
			if (!refusal.error().isEmpty()) {
				write("-" + refusal.error() + "\r\n");
			}
			return !refusal.close();
		}

		private String reply(String name, List<String> command) {
			List<String> queued = this.queue;
			if (name.equals("MULTI")) {
				this.queue = new ArrayList<>();
				this.dirty = false;
				return "+OK\r\n";
			}
			if (queued == null) {
				return run(name, command);
			}
			if (name.equals("EXEC")) {
				this.queue = null;
				if (this.dirty) {
					return "-EXECABORT Transaction discarded because of previous errors.\r\n";
				}
				StringBuilder replies = new StringBuilder("*" + queued.size() + "\r\n");
				queued.forEach((each) -> replies.append(run(each, List.of(each))));
				return replies.toString();
			}
			queued.add(name);
			return "+QUEUED\r\n";
		}

		private String run(String name, List<String> command) {
			ScriptedServer.this.ran.merge(name, 1, Integer::sum);
			return switch (name) {
				case "PING" -> "+PONG\r\n";
				case "ZADD", "ZUNIONSTORE", "ZREMRANGEBYRANK", "EXPIRE", "INCR", "DEL", "EVAL", "EVALSHA", "FCALL" ->
					":1\r\n";
				case "ROLE" -> "*1\r\n" + bulk("slave");
				case "GET" -> "$-1\r\n";
				case "BLPOP" -> "*2\r\n" + bulk("list") + bulk("element");
				case "ZMSCORE" -> "*1\r\n" + bulk("1");
				case "COMMAND" -> "*1\r\n*-1\r\n";
				case "INFO" -> bulk("redis_mode:cluster\r\nrun_id:0\r\nrole:master\r\n");
				case "CLUSTER" -> (command.size() > 1 && command.get(1).equalsIgnoreCase("SLOTS")) ? slots()
						: bulk("cluster_state:ok\r\ncluster_my_epoch:1\r\n");
				default -> "+OK\r\n";
			};
		}

		private String slots() {
			return "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n" + bulk("127.0.0.1") + ":"
					+ ScriptedServer.this.serverSocket.getLocalPort() + "\r\n" + bulk("0".repeat(40));
		}

		private String bulk(String text) {
			return "$" + text.length() + "\r\n" + text + "\r\n";
		}

		private void write(String reply) throws IOException {
			this.output.write(reply.getBytes(StandardCharsets.UTF_8));
			this.output.flush();
		}

		private List<String> read() throws IOException {
			String header = line();
			List<String> command = new ArrayList<>();
			int count = header.isEmpty() ? 0 : Integer.parseInt(header.substring(1));
			for (int i = 0; i < count; i++) {
				int length = Integer.parseInt(line().substring(1));
				command.add(new String(this.input.readNBytes(length), StandardCharsets.UTF_8));
				line();
			}
			return command;
		}

		private String line() throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = this.input.read(); next >= 0 && next != '\n'; next = this.input.read()) {
				if (next != '\r') {
					line.append((char) next);
				}
			}
			return line.toString();
		}

	}

}
