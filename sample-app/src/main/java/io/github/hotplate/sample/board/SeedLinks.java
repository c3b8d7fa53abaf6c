package io.github.hotplate.sample.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Fills an empty board, so that visitors find something to read: before the first of
 * them, and whenever Redis has lost the board, be it for a while.
 */
@Component
class SeedLinks implements ApplicationRunner {

	private static final Log logger = LogFactory.getLog(SeedLinks.class);

	private static final String PERIOD = "5s";

	private final LinkBoard board;

	private final Resource links;

	SeedLinks(LinkBoard board, @Value("classpath:seed-links.txt") Resource links) {
		this.board = board;
		this.links = links;
	}

	@Override
	public void run(ApplicationArguments args) throws IOException {
		fillIfEmpty();
	}

	@Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
	void fillIfEmpty() throws IOException {
		try {
			if (this.board.claimSeeding()) {
				this.links.getContentAsString(StandardCharsets.UTF_8)
					.lines()
					.map(SeedLinks::parse)
					.forEach(this.board::submit);
			}
		}
		catch (DataAccessException ex) {
			logger.warn("The board may have no links for a while, because Redis failed to say or to take them: "
					+ ex.getMessage());
		}
	}

	private static NewLink parse(String line) {
		String[] urlAndTitle = line.split(" ", 2);
		return new NewLink(urlAndTitle[1], urlAndTitle[0]);
	}

}
