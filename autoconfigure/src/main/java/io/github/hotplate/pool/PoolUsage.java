package io.github.hotplate.pool;

/**
 * A snapshot of how the connections to a node are used.
 *
 * @param active connections that are running a command
 * @param idle open connections that are not in use
 * @since 0.1.0
 */
public record PoolUsage(int active, int idle) {

	/**
	 * Add two usages.
	 * @param other the other usage
	 * @return the sum
	 */
	public PoolUsage plus(PoolUsage other) {
		return new PoolUsage(this.active + other.active, this.idle + other.idle);
	}

}
