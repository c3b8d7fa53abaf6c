package io.github.hotplate.sample;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class ApiErrorsTests {

	private final MockMvcTester mvc = MockMvcTester.of(List.of(new TestController()),
			(builder) -> builder.setControllerAdvice(new ApiErrors()).build());

	@Test
	void namesTheFieldsThatAreWrong() {
		assertThat(this.mvc.post().uri("/").contentType(MediaType.APPLICATION_JSON).content("{\"name\": \" \"}"))
			.hasStatus(HttpStatus.BAD_REQUEST)
			.bodyJson()
			.isLenientlyEqualTo("{\"detail\": \"Give it a name.\", \"errors\": {\"name\": \"Give it a name\"}}");
	}

	@Test
	void saysThatRedisDoesNotAnswer() {
		assertThat(this.mvc.get().uri("/")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyJson()
			.isLenientlyEqualTo("{\"detail\": \"Redis did not answer in time. Try again in a moment.\"}");
	}

	@RestController
	static class TestController {

		@GetMapping("/")
		void fail() {
			throw new RedisConnectionFailureException("down");
		}

		@PostMapping("/")
		void take(@Valid @RequestBody Named named) {
		}

	}

	record Named(@NotBlank(message = "Give it a name") String name) {
	}

}
