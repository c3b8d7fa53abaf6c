package io.github.hotplate.sample.board;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
 * Fills the front page, so that visitors find something to read: before the first of
 * them, and whenever Redis has lost links, even for a while. The board need not be empty
 * then: a vote or a link that was on its way may have come to the server that is new.
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
		fill();
	}

	@Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
	void fill() throws IOException {
		try {
			List<Link> found = this.board.frontPage().links();
			if (found.size() < LinkBoard.FRONT_PAGE_SIZE && this.board.claimSeeding()) {
				this.board.removeLost();
				submitAllBut(found.stream().map(Link::url).collect(Collectors.toSet()));
			}
		}
		catch (DataAccessException ex) {
			logger.warn("Cannot fill the board, retrying later: " + ex.getMessage());
		}
	}

	private void submitAllBut(Set<String> urls) throws IOException {
		this.links.getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.map(SeedLinks::parse)
			.filter((link) -> !urls.contains(link.url()))
			.forEach(this.board::submit);
	}

	private static NewLink parse(String line) {
		String[] urlAndTitle = line.split(" ", 2);
		return new NewLink(urlAndTitle[1], urlAndTitle[0]);
	}

}
