package io.github.hotplate.sample.embedded;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * Kills and restarts nodes of the embedded cluster, so that a failover can be watched. A
 * cluster of the user's own is out of its reach.
 */
@RestController
@RequestMapping("/api/nodes")
class NodeController {

	private final ObjectProvider<EmbeddedRedisCluster> cluster;

	NodeController(ObjectProvider<EmbeddedRedisCluster> cluster) {
		this.cluster = cluster;
	}

	@GetMapping
	List<NodeProcess> nodes() {
		return this.cluster.stream().flatMap((cluster) -> cluster.nodes().stream()).map(NodeProcess::of).toList();
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
		return this.cluster.stream()
			.flatMap((cluster) -> cluster.nodes().stream())
			.filter((node) -> node.port() == port)
			.findFirst()
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"No node of an embedded cluster listens on port " + port));
	}

	record NodeProcess(int port, boolean running) {

		static NodeProcess of(RedisNode node) {
			return new NodeProcess(node.port(), node.isRunning());
		}

	}

}
