package io.github.hotplate.sample.problem;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import io.github.hotplate.test.EmbeddedRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be planted where the Redis is the user's own.
 */
class ProblemControllerTests {

	private final Problems problems = new Problems(
			new SlowNode(new StaticListableBeanFactory().getBeanProvider(EmbeddedRedis.class)));

	private final MockMvcTester mvc = MockMvcTester.of(new ProblemController(this.problems));

	@Test
	void saysThatItSlowsDownNoRedisOfTheUsers() {
		assertThat(this.mvc.get().uri("/api/problems")).bodyJson().isLenientlyEqualTo("""
				[{"id": "one-by-one", "possible": true}, {"id": "hot-key", "possible": true},
				 {"id": "slow-node", "planted": false, "possible": false}]""");
		assertThat(this.mvc.put().uri("/api/problems/slow-node")).hasStatus(HttpStatus.CONFLICT);
		assertThat(this.problems.isPlanted(Problem.SLOW_NODE)).isFalse();
	}

	@Test
	void plantsTheOthers() {
		assertThat(this.mvc.put().uri("/api/problems/hot-key")).hasStatusOk();
		assertThat(this.problems.isPlanted(Problem.HOT_KEY)).isTrue();
		assertThat(this.problems.isPlanted(Problem.ONE_BY_ONE)).isFalse();
		assertThat(this.mvc.delete().uri("/api/problems/hot-key")).hasStatusOk();
		assertThat(this.problems.isPlanted(Problem.HOT_KEY)).isFalse();
	}

}
