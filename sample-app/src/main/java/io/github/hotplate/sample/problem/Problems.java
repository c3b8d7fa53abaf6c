package io.github.hotplate.sample.problem;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.springframework.stereotype.Component;

/**
 * Which problems are planted. A problem stays until it is removed or the application
 * ends. Thread-safe.
 *
 * @since 0.1.0
 */
@Component
public class Problems {

	private final SlowNode slowNode;

	private final Set<Problem> switched = new CopyOnWriteArraySet<>();

	Problems(SlowNode slowNode) {
		this.slowNode = slowNode;
	}

	/**
	 * Tell whether a problem is planted.
	 * @param problem the problem
	 * @return whether the application is to suffer from it
	 */
	public boolean isPlanted(Problem problem) {
		return (problem != Problem.SLOW_NODE) ? this.switched.contains(problem) : this.slowNode.isSlow();
	}

	/**
	 * Tell which problems can be planted: with a Redis of the user's own, all but the
	 * slow node.
	 * @return the problems
	 */
	Set<Problem> possible() {
		return this.slowNode.isPossible() ? EnumSet.allOf(Problem.class)
				: EnumSet.complementOf(EnumSet.of(Problem.SLOW_NODE));
	}

	void plant(Problem problem) {
		if (problem == Problem.SLOW_NODE) {
			this.slowNode.slowDown();
		}
		else {
			this.switched.add(problem);
		}
	}

	void remove(Problem problem) {
		if (problem == Problem.SLOW_NODE) {
			this.slowNode.release();
		}
		else {
			this.switched.remove(problem);
		}
	}

}
