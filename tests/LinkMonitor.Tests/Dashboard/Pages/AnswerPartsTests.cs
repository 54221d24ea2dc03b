using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class AnswerPartsTests
{
    private static readonly ProjectId Id = new("prj_a");

    [Theory]
    [InlineData(false, VerdictState.Lost, "not-found")]
    [InlineData(true, VerdictState.Lost, "lost")]
    [InlineData(false, VerdictState.Changed, "changed")]
    [InlineData(false, VerdictState.Unknown, "unknown")]
    public void A_page_without_a_link_that_nobody_ever_saw_has_not_lost_it(bool wasSeen, VerdictState state, string told)
    {
        var link = wasSeen ? StorageSamples.FullLink(Id) : StorageSamples.Link(Id);
        var moments = MomentMaker.Of(StorageSamples.Project(Id), StorageSamples.Noon);

        Assert.Equal(told, AnswerParts.Of(StorageSamples.HandedPage with { State = state }, link, null, moments).State);
    }
}
