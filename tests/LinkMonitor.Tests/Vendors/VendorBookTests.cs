using LinkMonitor.Keys;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Snapshots;
using LinkMonitor.Vendors;

namespace LinkMonitor.Tests.Vendors;

/// <summary>Vendors while links are still being read (<see cref="VendorBook"/>).</summary>
public sealed class VendorBookTests
{
    private readonly ManualTimeProvider _time = new(StorageSamples.Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vendor_of_a_project_that_is_being_read_is_waited_for_or_told_to_be_waited_for_and_never_none()
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        var project = StorageSamples.Project(new ProjectId("prj_a"));
        await storage.Projects.AddAsync(project, Stop);
        await LinkRows.AddAsync(
            storage, [StorageSamples.Link(project.Id) with { Terms = new Terms { Vendor = "Acme", Cost = 1, Currency = "EUR" } }], Stop);
        var hook = new GateHook();
        var (lists, snapshots) = SnapshotLab.Of(storage.Through(hook), _time);
        using var end = snapshots;
        var book = new VendorBook(storage.Projects, lists, storage.Links, storage.Cases, _time);
        var holder = new KeyHolder("id", "Anna", ApiKeyScope.Read, ProjectSet.All);

        var soon = book.FindAsync(holder, VendorName.IdOf("Acme")!, isPatient: false, Stop);
        await hook.Reached.WaitAsync(Stop);
        await PassAsync(soon);
        Assert.Equal(1, (await soon).Waiting);
        Assert.Null((await soon).Account);

        var patient = book.FindAsync(holder, VendorName.IdOf("acme")!, isPatient: true, Stop);
        for (var step = 0; step < 3; step++)
        {
            _time.Advance(LinkLists.Patience);
            await Task.Yield();
        }

        hook.Open.SetResult();
        Assert.Equal(("Acme", 0), ((await patient).Account!.Name, (await patient).Waiting));
        Assert.Null((await book.FindAsync(holder, VendorName.IdOf("Other")!, isPatient: true, Stop)).Account);
    }

    private async Task PassAsync(Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            _time.Advance(LinkLists.Patience);
            await Task.Yield();
        }
    }
}
