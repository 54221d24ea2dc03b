using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Alerts;

public sealed class AlertKeysTests
{
    [Fact]
    public void Rows_have_these_keys()
    {
        var project = new ProjectId("prj_a");
        var alert = StorageSamples.Alert(project, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), "alr_a");

        Assert.Equal("open", AlertKeys.Open);
        Assert.Equal("closed:2516070383999999999:alr_a", AlertKeys.Closed(alert));
        Assert.Equal(("pending", "prj_a"), (AlertKeys.PendingPartition, AlertKeys.Pending(project)));
    }

    [Fact]
    public void A_closed_alert_has_one_key_whenever_it_is_closed()
    {
        var alert = StorageSamples.Alert(new ProjectId("prj_a"), StorageSamples.Noon);

        Assert.Equal(AlertKeys.Closed(alert), AlertKeys.Closed(alert with { ClosedAt = StorageSamples.Noon.AddDays(1) }));
    }
}
