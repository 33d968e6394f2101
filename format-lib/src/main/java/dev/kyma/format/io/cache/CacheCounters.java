package dev.kyma.format.io.cache;

/**
 * What a cache has done so far and holds now.
 *
 * @param hits stretches that were there
 * @param misses stretches that had to be read
 * @param shared stretches that another thread was reading already
 * @param bytesHit bytes answered from the cache
 * @param bytesRead bytes read of the store to be kept
 * @param bytesPassed bytes read of the store that were too many to keep
 * @param evicted stretches that had to leave
 * @param entries stretches held
 * @param bytes bytes held, with what holding them takes
 */
public record CacheCounters(
    long hits,
    long misses,
    long shared,
    long bytesHit,
    long bytesRead,
    long bytesPassed,
    long evicted,
    long entries,
    long bytes) {}
