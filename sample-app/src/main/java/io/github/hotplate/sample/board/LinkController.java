package io.github.hotplate.sample.board;

import java.net.URI;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class LinkController {

	private final LinkBoard board;

	LinkController(LinkBoard board) {
		this.board = board;
	}

	@GetMapping("/api/links")
	FrontPage frontPage() {
		return this.board.frontPage();
	}

	@PostMapping("/api/links")
	@ResponseStatus(HttpStatus.CREATED)
	Link submit(@Valid @RequestBody NewLink link) {
		return this.board.submit(link);
	}

	@PostMapping("/api/links/{id}/votes")
	Standing vote(@PathVariable long id) {
		return this.board.vote(id).map((score) -> new Standing(id, score)).orElseThrow(() -> notFound(id));
	}

	@GetMapping("/links/{id}")
	ResponseEntity<Void> open(@PathVariable long id) {
		URI url = this.board.open(id).map(URI::create).orElseThrow(() -> notFound(id));
		return ResponseEntity.status(HttpStatus.FOUND).location(url).build();
	}

	private static ResponseStatusException notFound(long id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "No link has the id " + id);
	}

	record Standing(long id, long score) {
	}

}
