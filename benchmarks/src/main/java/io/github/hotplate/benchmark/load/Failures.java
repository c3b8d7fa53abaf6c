package io.github.hotplate.benchmark.load;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Why calls of a load failed.
 *
 * @since 0.1.0
 */
public final class Failures {

	private static final int EXAMPLES = 2;

	private Failures() {
	}

	/**
	 * Give examples.
	 * @param tasks what the threads did
	 * @return some of the failures that ended as the last of a thread, each once
	 */
	public static List<String> examples(Stream<? extends LoadTask> tasks) {
		return tasks.map(LoadTask::failure)
			.filter(Objects::nonNull)
			.map(Object::toString)
			.distinct()
			.limit(EXAMPLES)
			.toList();
	}

}
