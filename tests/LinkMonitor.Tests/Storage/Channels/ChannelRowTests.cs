using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Channels;

/// <summary>Channels that an earlier version stored go on as they were (<see cref="ChannelRow"/>).</summary>
public sealed class ChannelRowTests
{
    private static readonly Channel Sample = StorageSamples.Channel(new ProjectId("prj_a"));

    [Fact]
    public void A_row_that_says_at_once_still_says_so_and_has_no_digest_that_nobody_chose()
    {
        var row = ChannelRow.Write(Sample with { Digest = null });
        row["choice"] = """{"byTopic":{"hidden":"never"},"otherwise":"at-once"}""";

        var channel = ChannelRow.Read(row);

        Assert.Equal(
            (AlertTiming.AtOnce, AlertTiming.Never),
            (channel.Choice.Otherwise, channel.Choice.For("hidden", AlertTiming.Digest)));
        Assert.Null(channel.Digest);
    }

    [Fact]
    public void A_weekly_digest_of_before_also_comes_without_news()
    {
        var row = ChannelRow.Write(Sample);
        row["digest"] = """{"day":1,"at":"08:15:00"}""";

        Assert.Equal(new DigestSchedule(DayOfWeek.Monday, new TimeOnly(8, 15)), ChannelRow.Read(row).Digest);
        Assert.False(ChannelRow.Read(row).Digest!.OnlyWithNews);
    }

    [Fact]
    public void The_digest_of_the_rest_is_not_stored()
    {
        var row = ChannelRow.Write(Sample with { Choice = AlertChoice.Default, Digest = null });

        Assert.Null(row["digest"]);
        Assert.Equal(DigestSchedule.OfTheRest, ChannelRow.Read(row).Digest);
    }
}
