package io.github.hotplate.connection;

/**
 * A connection with named pipelines.
 *
 * @since 0.1.0
 */
public interface NamedPipelines {

	/**
	 * Name the open pipeline.
	 * @param name what the pipeline is for, shown in its span
	 * @throws IllegalStateException if no pipeline is open
	 */
	void namePipeline(String name);

}
