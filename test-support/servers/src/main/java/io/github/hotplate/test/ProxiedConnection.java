package io.github.hotplate.test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One client's connection through a proxy: a thread for the requests and one for the
 * replies, which end with either side's socket.
 */
final class ProxiedConnection implements AutoCloseable {

	private static final int BUFFER_SIZE = 16_384;

	private final Socket client;

	private final Socket redis;

	private final Gate gate;

	private final Function<String, ReplyLoss.Kind> losses;

	private final Supplier<Duration> delay;

	private final Consumer<ProxiedConnection> onClose;

	private volatile boolean forgotten;

	private volatile ReplyLoss.Kind losing = ReplyLoss.Kind.NONE;

	/**
	 * Create a connection.
	 * @param client the client's socket
	 * @param redis the server's socket
	 * @param gate holds back bytes
	 * @param losses tells for a request what becomes of its reply
	 * @param delay how late replies are
	 * @param onClose is told when the connection is closed
	 * @throws IOException if a socket was closed already
	 */
	ProxiedConnection(Socket client, Socket redis, Gate gate, Function<String, ReplyLoss.Kind> losses,
			Supplier<Duration> delay, Consumer<ProxiedConnection> onClose) throws IOException {
		this.client = client;
		this.redis = redis;
		this.gate = gate;
		this.losses = losses;
		this.delay = delay;
		this.onClose = onClose;
		client.setTcpNoDelay(true);
		redis.setTcpNoDelay(true);
	}

	void forget() {
		this.forgotten = true;
	}

	void passRequests() {
		pass(this.client, (bytes, length) -> {
			ReplyLoss.Kind loss = this.losses.apply(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
			if (loss != ReplyLoss.Kind.NONE) {
				this.losing = loss;
			}
			this.redis.getOutputStream().write(bytes, 0, length);
			return true;
		});
	}

	void passReplies() {
		pass(this.redis, (bytes, length) -> {
			pause();
			ReplyLoss.Kind loss = this.losing;
			if (loss == ReplyLoss.Kind.NONE) {
				this.client.getOutputStream().write(bytes, 0, length);
			}
			return loss != ReplyLoss.Kind.CLOSED;
		});
	}

	private void pause() throws InterruptedException {
		Duration pause = this.delay.get();
		if (!pause.isZero()) {
			Thread.sleep(pause.toMillis());
		}
	}

	private void pass(Socket from, Passage passage) {
		byte[] bytes = new byte[BUFFER_SIZE];
		try {
			int length = from.getInputStream().read(bytes);
			while (length >= 0) {
				this.gate.pass();
				if (!this.forgotten && !passage.pass(bytes, length)) {
					break;
				}
				length = from.getInputStream().read(bytes);
			}
			// The end of a connection is a packet, too.
			this.gate.pass();
		}
		catch (IOException ex) {
			// The other side has closed it.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!this.forgotten || from == this.client) {
			close();
		}
	}

	@Override
	public void close() {
		this.onClose.accept(this);
		close(this.client);
		close(this.redis);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is discarded either way.
		}
	}

	/**
	 * Passes some bytes on.
	 */
	@FunctionalInterface
	private interface Passage {

		boolean pass(byte[] bytes, int length) throws IOException, InterruptedException;

	}

}
