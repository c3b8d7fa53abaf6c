package io.github.hotplate.sample.embedded;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.RedisNode;

/**
 * Kills and restarts nodes of the embedded Redis, so that a failover can be watched. A
 * Redis of the user's own is out of its reach.
 */
@RestController
@RequestMapping("/api/nodes")
class NodeController {

	private final ObjectProvider<EmbeddedRedis> redis;

	NodeController(ObjectProvider<EmbeddedRedis> redis) {
		this.redis = redis;
	}

	@GetMapping
	List<NodeProcess> nodes() {
		return embeddedNodes().map(NodeProcess::of).toList();
	}

	@DeleteMapping("/{port}")
	NodeProcess kill(@PathVariable int port) {
		RedisNode node = node(port);
		node.kill();
		return NodeProcess.of(node);
	}

	@PutMapping("/{port}")
	NodeProcess restart(@PathVariable int port) {
		RedisNode node = node(port);
		node.restart();
		return NodeProcess.of(node);
	}

	private RedisNode node(int port) {
		return embeddedNodes().filter((node) -> node.port() == port)
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"No node of an embedded Redis listens on port " + port));
	}

	private Stream<RedisNode> embeddedNodes() {
		return this.redis.stream().flatMap((redis) -> redis.nodes().stream());
	}

	record NodeProcess(int port, boolean running) {

		static NodeProcess of(RedisNode node) {
			return new NodeProcess(node.port(), node.isRunning());
		}

	}

}
