package io.github.hotplate.sample.visitor;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.apache.commons.rng.UniformRandomProvider;
import org.springframework.stereotype.Component;

import io.github.hotplate.sample.board.LinkBoard;
import io.github.hotplate.sample.problem.Problem;
import io.github.hotplate.sample.problem.Problems;

/**
 * What one visitor does: open a link, sometimes vote for it, now and then read the front
 * page.
 */
@Component
class Visitor {

	private static final int LINKS_WITHIN_REACH = 40;

	private static final double CHANCE_TO_VOTE = 0.15;

	private static final double CHANCE_TO_READ_FRONT_PAGE = 0.03;

	private static final int LOOKS_AT_THE_THEME = 10;

	private final LinkBoard board;

	private final Problems problems;

	private final UniformRandomProvider random = () -> ThreadLocalRandom.current().nextLong();

	private final ZipfRanks ranks = new ZipfRanks(this.random, LINKS_WITHIN_REACH);

	Visitor(LinkBoard board, Problems problems) {
		this.board = board;
		this.problems = problems;
	}

	void visit() {
		if (this.problems.isPlanted(Problem.HOT_KEY)) {
			IntStream.range(0, LOOKS_AT_THE_THEME).forEach((look) -> this.board.theme());
		}
		if (happens(CHANCE_TO_READ_FRONT_PAGE)) {
			this.board.frontPage();
		}
		this.board.idAt(this.ranks.next()).ifPresent(this::visit);
	}

	private void visit(long id) {
		boolean found = this.board.open(id).isPresent();
		if (found && happens(CHANCE_TO_VOTE)) {
			this.board.vote(id);
		}
	}

	private boolean happens(double chance) {
		return this.random.nextDouble() < chance;
	}

}
