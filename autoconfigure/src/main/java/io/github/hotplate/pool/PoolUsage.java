package io.github.hotplate.pool;

/**
 * How the connections to a node are used, at one moment.
 *
 * @param active connections that run a command
 * @param idle open connections that wait for one
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
