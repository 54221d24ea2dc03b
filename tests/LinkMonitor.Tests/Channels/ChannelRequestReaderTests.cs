using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Channels;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Channels;

public sealed class ChannelRequestReaderTests
{
    [Theory]
    [InlineData("{}", ChannelState.Paused)]
    [InlineData("{\"state\":null}", ChannelState.Active)]
    [InlineData("{\"state\":\"active\"}", ChannelState.Active)]
    public void Null_sets_the_state_back_as_it_does_every_other_part(string json, ChannelState state)
    {
        using var document = JsonDocument.Parse(json);
        var body = Body<ChannelRequest>.Read(document.RootElement, new FieldErrors());
        var paused = StorageSamples.Channel(new ProjectId("prj_a")) with { State = ChannelState.Paused };

        var channel = ChannelRequestReader.Apply(body.Value, body.Json, paused, DateTimeOffset.UnixEpoch, body.Errors);

        Assert.False(body.Errors.Any);
        Assert.Equal(state, channel.State);
    }
}
