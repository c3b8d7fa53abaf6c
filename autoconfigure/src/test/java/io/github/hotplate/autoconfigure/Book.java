package io.github.hotplate.autoconfigure;

import org.springframework.data.annotation.Id;
import org.springframework.data.redis.core.RedisHash;
import org.springframework.data.redis.core.index.Indexed;

/**
 * An entity of the tests, indexed by two of its properties.
 */
@RedisHash("books")
record Book(@Id String isbn, @Indexed String author, @Indexed String genre) {

}
