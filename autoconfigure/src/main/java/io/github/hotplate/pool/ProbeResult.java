package io.github.hotplate.pool;

/**
 * What became of the attempt to find out whether a node is alive.
 */
public enum ProbeResult {

	/**
	 * The node answered, even with an error.
	 */
	ANSWERED,

	/**
	 * The node answered that it loads its data, and takes no commands meanwhile.
	 */
	LOADING,

	/**
	 * The node could not be reached or gave no answer in time.
	 */
	SILENT,

	/**
	 * The node was not asked: the limit left no connection, or there were no credentials
	 * to log in with.
	 */
	NOT_ASKED;

	/**
	 * Tell whether the node is alive.
	 * @return whether it gave any answer
	 */
	public boolean isAnswer() {
		return this == ANSWERED || this == LOADING;
	}

}
