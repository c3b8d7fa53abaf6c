package io.github.hotplate.sample.board;

import java.util.List;
import java.util.stream.LongStream;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.hotplate.sample.problem.Problem;
import io.github.hotplate.sample.problem.Problems;

@RestController
class StatisticsController {

	static final int NEWEST = 40;

	private final LinkBoard board;

	private final Problems problems;

	StatisticsController(LinkBoard board, Problems problems) {
		this.board = board;
		this.problems = problems;
	}

	@GetMapping("/api/statistics")
	Statistics show() {
		long links = this.board.size();
		List<Long> newest = LongStream.rangeClosed(Math.max(links - NEWEST, 0) + 1, links).boxed().toList();
		return new Statistics(links, views(newest));
	}

	private long views(List<Long> ids) {
		if (this.problems.isPlanted(Problem.ONE_BY_ONE)) {
			return ids.stream().mapToLong(this.board::views).sum();
		}
		return this.board.views(ids).stream().mapToLong(Long::longValue).sum();
	}

}
