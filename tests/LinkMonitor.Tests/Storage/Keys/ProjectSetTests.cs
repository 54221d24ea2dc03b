using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.Tests.Storage.Keys;

public sealed class ProjectSetTests
{
    private static readonly ProjectId A = new("prj_a");
    private static readonly ProjectId B = new("prj_b");
    private static readonly ProjectId C = new("prj_c");

    [Fact]
    public void All_contains_every_project_and_covers_every_set()
    {
        Assert.True(ProjectSet.All.Contains(A));
        Assert.True(ProjectSet.All.Covers(ProjectSet.All));
        Assert.True(ProjectSet.All.Covers(ProjectSet.Of([A])));
        Assert.Equal(ProjectSet.All, ProjectSet.All.Without(A));
    }

    [Fact]
    public void Some_projects_cover_fewer_and_never_all()
    {
        var both = ProjectSet.Of([B, A, B]);

        Assert.Equal([A, B], both.Ids);
        Assert.True(both.Covers(ProjectSet.Of([A])));
        Assert.False(both.Covers(ProjectSet.Of([A, C])));
        Assert.False(both.Covers(ProjectSet.All));
        Assert.False(both.Contains(C));
    }

    [Fact]
    public void None_is_no_set_so_that_it_is_never_taken_for_all()
    {
        Assert.Throws<ArgumentException>(() => ProjectSet.Of([]));
        Assert.Null(ProjectSet.Of([A]).Without(A));
        Assert.Equal(ProjectSet.Of([B]), ProjectSet.Of([A, B]).Without(A));
    }

    [Fact]
    public void Sets_of_the_same_projects_are_equal()
    {
        Assert.Equal(ProjectSet.Of([A, B]), ProjectSet.Of([B, A]));
        Assert.Equal(ProjectSet.Of([A, B]).GetHashCode(), ProjectSet.Of([B, A]).GetHashCode());
        Assert.NotEqual(ProjectSet.Of([A]), ProjectSet.Of([B]));
        Assert.NotEqual(ProjectSet.All, ProjectSet.Of([A]));
    }
}
