package io.github.hotplate.sample.problem;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Plants problems and removes them again.
 */
@RestController
@RequestMapping("/api/problems")
class ProblemController {

	private final Problems problems;

	ProblemController(Problems problems) {
		this.problems = problems;
	}

	@GetMapping
	List<State> problems() {
		return Stream.of(Problem.values()).map(this::state).toList();
	}

	@PutMapping("/{id}")
	State plant(@PathVariable String id) {
		Problem problem = problem(id);
		if (!this.problems.possible().contains(problem)) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"A Redis of your own is not slowed down: start the sample without foo.url");
		}
		this.problems.plant(problem);
		return state(problem);
	}

	@DeleteMapping("/{id}")
	State remove(@PathVariable String id) {
		Problem problem = problem(id);
		this.problems.remove(problem);
		return state(problem);
	}

	private static Problem problem(String id) {
		return Stream.of(Problem.values())
			.filter((problem) -> problem.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no problem %s, only %s"
				.formatted(id, Stream.of(Problem.values()).map(Problem::id).toList())));
	}

	private State state(Problem problem) {
		return new State(problem.id(), problem.title(), this.problems.isPlanted(problem),
				this.problems.possible().contains(problem));
	}

	/**
	 * A problem as the page shows it.
	 *
	 * @param id its name in addresses
	 * @param title what it is
	 * @param planted whether it is there
	 * @param possible whether it can be planted
	 */
	record State(String id, String title, boolean planted, boolean possible) {

	}

}
