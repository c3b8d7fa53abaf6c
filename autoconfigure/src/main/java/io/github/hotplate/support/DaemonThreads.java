package io.github.hotplate.support;

/**
 * Makes the threads of clients: daemons named {@code hotplate-client-purpose}.
 *
 * @since 0.1.0
 */
public final class DaemonThreads {

	private DaemonThreads() {
	}

	/**
	 * Create a thread without starting it.
	 * @param client the name of the client
	 * @param purpose the last part of the thread's name
	 * @param task the code to run
	 * @return the thread
	 */
	public static Thread create(String client, String purpose, Runnable task) {
		Thread thread = new Thread(task, name(client, purpose));
		thread.setDaemon(true);
		return thread;
	}

	static String name(String client, String purpose) {
		return "hotplate-" + client + "-" + purpose;
	}

}
