using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Links;

namespace LinkMonitor.Tests.Api;

/// <summary>A time without an offset is another moment for everybody: it is refused by its field.</summary>
public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2026-11-21T08:00:00Z", true)]
    [InlineData("2026-11-21T08:00:00.123z", true)]
    [InlineData("2026-11-21T08:00:00+01:00", true)]
    [InlineData("2026-11-21T08:00-05:30", true)]
    [InlineData("2026-11-21T08:00:00", false)]
    [InlineData("2026-11-21T08:00", false)]
    [InlineData("2026-11-21", false)]
    [InlineData("2026-11-21 08:00", false)]
    [InlineData("", false)]
    public void An_offset_is_known_by_the_end(string text, bool hasOffset) => Assert.Equal(hasOffset, TimeText.HasOffset(text));

    [Theory]
    [InlineData("2026-11-21T08:00:00")]
    [InlineData("2026-11-21")]
    public void A_body_with_a_time_without_an_offset_is_refused_by_field(string time)
    {
        using var document = JsonDocument.Parse($"{{\"mutedUntil\":\"{time}\"}}");

        var body = Body<LinkRequest>.Read(document.RootElement, new FieldErrors());

        Assert.Null(body.Value.MutedUntil);
        Assert.Equal(
            $"It must be an ISO 8601 time with an offset, for example 2026-11-21T08:00:00Z; this is the text '{time}'.",
            Assert.Single(body.Errors.ToDictionary()["mutedUntil"]));
    }
}
