package io.github.hotplate.pool;

/**
 * The result of probing whether a node is alive.
 */
public enum ProbeResult {

	/**
	 * The node answered, even with an error.
	 */
	ANSWERED,

	/**
	 * The node answered that it is loading its data and takes no commands yet.
	 */
	LOADING,

	/**
	 * The node could not be reached or did not answer in time.
	 */
	SILENT,

	/**
	 * The node was not probed, because no connection was left or there were no
	 * credentials.
	 */
	NOT_ASKED;

	/**
	 * Tell whether the node is alive.
	 * @return whether it answered at all
	 */
	public boolean isAnswer() {
		return this == ANSWERED || this == LOADING;
	}

}
