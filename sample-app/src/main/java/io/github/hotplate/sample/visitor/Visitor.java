package io.github.hotplate.sample.visitor;

import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.rng.UniformRandomProvider;
import org.springframework.stereotype.Component;

import io.github.hotplate.sample.board.LinkBoard;

/**
 * What one visitor does: open a link, sometimes vote for it, now and then read the front
 * page.
 */
@Component
class Visitor {

	private static final int LINKS_WITHIN_REACH = 40;

	private static final double CHANCE_TO_VOTE = 0.15;

	private static final double CHANCE_TO_READ_FRONT_PAGE = 0.03;

	private final LinkBoard board;

	private final UniformRandomProvider random = () -> ThreadLocalRandom.current().nextLong();

	private final ZipfRanks ranks = new ZipfRanks(this.random, LINKS_WITHIN_REACH);

	Visitor(LinkBoard board) {
		this.board = board;
	}

	void visit() {
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
