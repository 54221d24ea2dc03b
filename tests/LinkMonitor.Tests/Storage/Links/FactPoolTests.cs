using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Links;

/// <summary>
/// Links in as little memory as can be (<see cref="LinkFacts.Sharing"/>) say what they said before, and share what they can.
/// </summary>
public sealed class FactPoolTests
{
    private static readonly ProjectId Project = new("prj_a");

    [Fact]
    public void Packed_facts_say_what_they_said_before()
    {
        var pool = new FactPool();
        var facts = LinkFacts.Of(StorageSamples.FullLink(Project), 7);
        Assert.NotNull(facts.FoundAnchor);

        // Alone at first, then shared, then packed once more.
        foreach (var packed in new[] { facts.Sharing(pool), facts.Sharing(pool), facts.Sharing(pool).Sharing(pool) })
        {
            Assert.EquivalentWithExclusions(facts, packed, nameof(LinkFacts.OwnBytes));
            Assert.Equal(
                (facts.Target, facts.FoundAnchor, facts.ExpectedAnchor), (packed.Target, packed.FoundAnchor, packed.ExpectedAnchor));
            Assert.Equal(0, facts.CompareId(packed));
            Assert.True(packed.IsInTarget(facts.Target[3..9].ToUpperInvariant()));
            Assert.True(packed.IsInFoundAnchor(facts.FoundAnchor[..2].ToUpperInvariant()));
            Assert.False(packed.IsInFoundAnchor("nowhere in it"));
        }
    }

    [Fact]
    public void What_comes_twice_is_one_object_and_counted_once()
    {
        var pool = new FactPool();

        Assert.Null(pool.Find("once"));
        Assert.Equal(0, pool.Bytes);
        var shared = pool.Find(new string("once".AsSpan()));
        var bytes = pool.Bytes;
        Assert.Same(shared, pool.Find(new string("once".AsSpan())));
        Assert.True(bytes > 0);
        Assert.Equal(bytes, pool.Bytes);
    }

    [Fact]
    public void After_all_was_read_only_what_is_shared_already_is()
    {
        var pool = new FactPool();
        pool.Find("known");
        pool.Find("known");
        pool.Close();

        Assert.NotNull(pool.Find("known"));
        Assert.Null(pool.Find("new"));
        Assert.Null(pool.Find("new"));
    }

    [Fact]
    public void A_link_that_shares_takes_less()
    {
        var pool = new FactPool();
        var facts = LinkFacts.Of(StorageSamples.FullLink(Project));

        var alone = facts.Sharing(pool);
        facts.Sharing(pool);
        var shared = facts.Sharing(pool);

        Assert.True(shared.OwnBytes < alone.OwnBytes, $"{shared.OwnBytes} and {alone.OwnBytes}");
    }

    [Fact]
    public void Only_a_link_that_is_muted_or_answered_takes_memory_for_it()
    {
        var link = StorageSamples.FullLink(Project) with { Muted = false, MutedUntil = null, Answer = null };
        var plain = LinkFacts.Of(link);
        var muted = LinkFacts.Of(link with { Muted = true }).Sharing(new FactPool());

        Assert.Equal((0, 0), (plain.MutedUntil, plain.AnsweredUntil));
        Assert.Equal((LinkFacts.Forever, 0), (muted.MutedUntil, muted.AnsweredUntil));
        Assert.Equal(32, LinkFacts.Of(link with { Muted = true }).OwnBytes - plain.OwnBytes);
    }
}
