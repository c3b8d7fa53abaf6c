package io.github.hotplate.pool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The socket of a pooled connection. A thread that reads from it for long looks around
 * from time to time, since no interrupt wakes a platform thread from a read. It does so
 * between two reads of the socket, below the parser of replies, so no byte is lost. Only
 * the methods that Jedis calls are there.
 */
final class WatchedSocket extends Socket {

	/**
	 * Short for a person waiting for an application to stop, and no load worth naming.
	 */
	static final int SLICE_MILLIS = 100;

	private final Socket socket;

	private final Reader input;

	private final Lookout lookout;

	private final LongSupplier nanoTime;

	private final Runnable closing;

	private final AtomicBoolean closed = new AtomicBoolean();

	// Confined to the thread that uses the connection, like the field below.
	private boolean watching;

	private long deadline;

	/**
	 * Create an instance.
	 * @param socket the socket to watch
	 * @param lookout is called while there is nothing to read
	 * @param nanoTime tells the time
	 * @param closing is called once, when the socket is closed
	 * @throws IOException if the socket cannot be read
	 */
	WatchedSocket(Socket socket, Lookout lookout, LongSupplier nanoTime, Runnable closing) throws IOException {
		super((SocketImpl) null);
		this.socket = socket;
		this.input = new Reader(socket.getInputStream());
		this.lookout = lookout;
		this.nanoTime = nanoTime;
		this.closing = closing;
	}

	/**
	 * Look around while reading, until {@link #setSoTimeout(int)} is called.
	 * @param millis how long a read may take, or 0 if it may take any time
	 * @throws SocketException if the socket is closed
	 */
	void watch(long millis) throws SocketException {
		// Never reached: 292 years.
		this.deadline = this.nanoTime.getAsLong()
				+ ((millis > 0) ? TimeUnit.MILLISECONDS.toNanos(millis) : Long.MAX_VALUE / 2);
		this.watching = true;
		this.socket.setSoTimeout((millis > 0) ? (int) Math.min(millis, SLICE_MILLIS) : SLICE_MILLIS);
	}

	@Override
	public void setSoTimeout(int timeout) throws SocketException {
		if (timeout == 0) {
			watch(0);
			return;
		}
		this.watching = false;
		this.socket.setSoTimeout(timeout);
	}

	@Override
	public int getSoTimeout() throws SocketException {
		return this.socket.getSoTimeout();
	}

	/**
	 * Tell whether the server has closed the connection or sent something unasked.
	 * Returns within a millisecond.
	 * @return whether the connection is of no use
	 */
	boolean isEnded() {
		try {
			this.socket.setSoTimeout(1);
			this.socket.getInputStream().read();
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Override
	public InputStream getInputStream() {
		return this.input;
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return this.socket.getOutputStream();
	}

	@Override
	public boolean isBound() {
		return this.socket.isBound();
	}

	@Override
	public boolean isConnected() {
		return this.socket.isConnected();
	}

	@Override
	public boolean isClosed() {
		return this.socket.isClosed();
	}

	@Override
	public boolean isInputShutdown() {
		return this.socket.isInputShutdown();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.socket.isOutputShutdown();
	}

	@Override
	public @Nullable SocketAddress getRemoteSocketAddress() {
		return this.socket.getRemoteSocketAddress();
	}

	@Override
	public @Nullable SocketAddress getLocalSocketAddress() {
		return this.socket.getLocalSocketAddress();
	}

	@Override
	public void close() throws IOException {
		try {
			this.socket.close();
		}
		finally {
			if (this.closed.compareAndSet(false, true)) {
				this.closing.run();
			}
		}
	}

	@Override
	public String toString() {
		return this.socket.toString();
	}

	/**
	 * Called by the thread that reads, while there is nothing to read.
	 */
	@FunctionalInterface
	interface Lookout {

		/**
		 * Look around.
		 * @param socket the socket, whose {@link WatchedSocket#watch(long)} may be called
		 * @throws IOException to end the read
		 */
		void lookAround(WatchedSocket socket) throws IOException;

	}

	private final class Reader extends FilterInputStream {

		Reader(InputStream in) {
			super(in);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (!WatchedSocket.this.watching) {
				return this.in.read(bytes, offset, length);
			}
			while (true) {
				try {
					return this.in.read(bytes, offset, length);
				}
				catch (SocketTimeoutException ex) {
					WatchedSocket.this.lookout.lookAround(WatchedSocket.this);
					if (WatchedSocket.this.nanoTime.getAsLong() - WatchedSocket.this.deadline >= 0) {
						throw ex;
					}
				}
			}
		}

	}

}
