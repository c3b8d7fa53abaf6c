package io.github.hotplate.connection;

/**
 * A connection whose pipelines can have names.
 *
 * @since 0.1.0
 */
public interface NamedPipelines {

	/**
	 * Name the pipeline that is open.
	 * @param name what the pipeline is for, shown in its span
	 * @throws IllegalStateException if no pipeline is open
	 */
	void namePipeline(String name);

}
