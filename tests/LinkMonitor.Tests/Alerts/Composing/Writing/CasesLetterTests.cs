using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Sharing;

namespace LinkMonitor.Tests.Alerts.Composing.Writing;

/// <summary>The letter that reminds of cases: the most overdue first, one row each.</summary>
public sealed class CasesLetterTests
{
    private static readonly CasesFacts Three = (CasesFacts)SampleMatters.All["cases"];

    [Fact]
    public void The_most_overdue_case_comes_first_and_each_has_a_row()
    {
        var letter = Write(Three);

        var rows = Assert.Single(letter.Sections).Rows;
        Assert.Equal(3, rows.Count);
        Assert.Equal(Three.Events.MinBy(entry => entry.DaysLeft)!.Link, rows[0].Link);
        Assert.Equal(3, letter.Summary.Lines.Count);
    }

    [Fact]
    public void Without_an_address_for_the_whole_all_cases_are_listed_however_little_room_there_is()
    {
        var letter = new CasesLetter(Three, PublicLinks.None).Write(new LetterRoom(1, 1));

        Assert.Equal(3, Assert.Single(letter.Sections).Rows.Count);
    }

    [Fact]
    public void A_reminder_of_nothing_is_our_fault() =>
        Assert.Throws<ArgumentException>(() => new CasesLetter(Three with { Events = [] }, PublicLinks.None));

    private static Letter Write(CasesFacts facts) => new CasesLetter(facts, PublicLinks.None).Write(new LetterRoom(12, 100));
}
