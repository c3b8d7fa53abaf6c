package io.github.hotplate.support;

/**
 * Makes the threads of clients: daemons named {@code hotplate-client-purpose}.
 */
public final class ClientThreads {

	private ClientThreads() {
	}

	/**
	 * Return the name of a thread.
	 * @param client the name of the client
	 * @param purpose what the thread is for
	 * @return the name
	 */
	static String name(String client, String purpose) {
		return "hotplate-" + client + "-" + purpose;
	}

	/**
	 * Make a thread, which the caller starts and stops.
	 * @param client the name of the client
	 * @param purpose what the thread is for
	 * @param task what the thread runs
	 * @return a daemon thread
	 */
	public static Thread create(String client, String purpose, Runnable task) {
		Thread thread = new Thread(task, name(client, purpose));
		thread.setDaemon(true);
		return thread;
	}

}
