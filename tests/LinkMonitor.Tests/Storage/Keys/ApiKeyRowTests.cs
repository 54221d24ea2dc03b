using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Keys;

public sealed class ApiKeyRowTests
{
    [Fact]
    public void A_row_of_before_there_were_lists_opens_its_project_alone()
    {
        var row = ApiKeyRow.Write(StorageSamples.Key("aaaaaaaaaaaa", new ProjectId("prj_a")));
        foreach (var column in new[] { "projectIds", "createdById", "createdByName", "lastUsedAt", "signedOut" })
            row.Remove(column);

        var read = ApiKeyRow.Read(row);

        Assert.Equal(ProjectSet.Of([new ProjectId("prj_a")]), read.Projects);
        Assert.Equal((null, null, null), (read.CreatedBy, read.LastUsedAt, read.SignedOut));
    }

    [Fact]
    public void A_row_whose_list_is_damaged_opens_nothing()
    {
        var row = ApiKeyRow.Write(StorageSamples.Key("aaaaaaaaaaaa", new ProjectId("prj_a")));
        row["projectIds"] = "[]";

        Assert.ThrowsAny<ArgumentException>(() => ApiKeyRow.Read(row));
    }
}
