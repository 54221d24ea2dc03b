using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Alerts;

public sealed class AlertKeysTests
{
    [Fact]
    public void Rows_have_these_keys()
    {
        var project = new ProjectId("prj_a");
        var alert = StorageSamples.Alert(project, new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), "alr_a");

        Assert.Equal("plan", AlertKeys.Plan);
        Assert.Equal("open:alr_a", AlertKeys.Open("alr_a"));
        Assert.Equal("closed:2516070383999999999:alr_a", AlertKeys.Closed(alert.CreatedAt, "alr_a"));
        Assert.Equal("changes:alr_a", AlertKeys.Changes("alr_a"));
        Assert.Equal("unstable:lnk_a", AlertKeys.Unstable(new LinkId("lnk_a")));
        Assert.Equal("reminded:lnk_a", AlertKeys.Reminded(new LinkId("lnk_a")));
        Assert.Equal(("wake", "0639308592000000000:prj_a"), (AlertKeys.WakePartition, AlertKeys.Wake(alert.CreatedAt, project)));
        Assert.Equal(new WakeUp(project, alert.CreatedAt), AlertKeys.ReadWake("0639308592000000000:prj_a"));
        Assert.Equal(("pending", "prj_a"), (AlertKeys.PendingPartition, AlertKeys.Pending(project)));
    }

    [Fact]
    public void Wake_up_of_a_time_belongs_to_those_up_to_it()
    {
        var key = AlertKeys.Wake(StorageSamples.Noon, new ProjectId("prj_a"));

        Assert.True(AlertKeys.Wakes(StorageSamples.Noon).Contains(key));
        Assert.False(AlertKeys.Wakes(StorageSamples.Noon.AddTicks(-1)).Contains(key));
    }
}
