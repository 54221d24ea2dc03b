using FsCheck;
using FsCheck.Fluent;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class DayLogTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    // Days around the cap, where mistakes live.
    private static readonly Arbitrary<(int Day, DayMark Mark)[]> Marks = Arb.From(Gen.ArrayOf(
        from day in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(DayLog.MaxDays - 5, DayLog.MaxDays + 5), Gen.Choose(0, 4_000))
        from mark in Gen.Elements(Enum.GetValues<DayMark>())
        select (day, mark)));

    [Fact]
    public void Marks_are_kept_by_day_with_gaps_as_not_checked()
    {
        var log = DayLog.Empty.With(Day, DayMark.AsAgreed).With(Day.AddDays(3), DayMark.Lost).With(Day.AddDays(-1), DayMark.CouldNotTell);

        Assert.Equal("2026-02-28:?a--l", log.ToString());
        Assert.Equal(Day.AddDays(3), log.Last);
        Assert.Equal(DayMark.NotChecked, log[Day.AddDays(1)]);
        Assert.Equal(DayMark.NotChecked, log[Day.AddDays(99)]);
        Assert.Equal(DayMark.NotChecked, log[DateOnly.MinValue]);
    }

    [Fact]
    public void The_mark_that_speaks_best_of_a_day_stays()
    {
        var log = DayLog.Empty.With(Day, DayMark.Lost).With(Day, DayMark.AsAgreed).With(Day, DayMark.CouldNotTell);

        Assert.Equal(DayMark.AsAgreed, log[Day]);
    }

    [Theory]
    [InlineData(-9, "2026-03-01:a--l-c")]
    [InlineData(0, "2026-03-01:a--l-c")]
    [InlineData(1, "2026-03-04:l-c")]
    [InlineData(5, "2026-03-06:c")]
    [InlineData(6, "")]
    public void Marks_before_a_day_can_be_taken_away(int day, string left) =>
        Assert.Equal(left, DayLog.Parse("2026-03-01:a--l-c").Since(Day.AddDays(day)).ToString());

    [Fact]
    public void The_oldest_days_are_dropped()
    {
        var log = DayLog.Empty
            .With(Day, DayMark.AsAgreed)
            .With(Day.AddDays(1), DayMark.Lost)
            .With(Day.AddDays(DayLog.MaxDays), DayMark.AsAgreed);

        Assert.Equal(Day.AddDays(1), log.First);
        Assert.Equal(DayLog.MaxDays, log.Marks.Length);
        Assert.Same(log, log.With(Day, DayMark.AsAgreed));
    }

    [Fact]
    public void A_gap_longer_than_the_log_starts_it_anew() =>
        Assert.Equal(
            "9999-12-31:a", DayLog.Empty.With(DateOnly.MinValue, DayMark.Lost).With(DateOnly.MaxValue, DayMark.AsAgreed).ToString());

    [Fact]
    public void Nothing_but_not_checked_is_no_mark() => Assert.Same(DayLog.Empty, DayLog.Empty.With(Day, DayMark.NotChecked));

    [Fact]
    public void Marking_twice_equals_once() => Hold(marks =>
    {
        var log = Play(marks);
        foreach (var (day, mark) in marks)
            Assert.Same(log, log.With(Day.AddDays(day), mark));
    });

    [Fact]
    public void The_order_of_marks_makes_no_difference() => Hold(marks =>
    {
        var log = Play(marks);

        Assert.Equal(log, Play([.. marks.Reverse()]));
        Assert.Equal(log, Play([.. marks.OrderBy(mark => mark.Day)]));
    });

    [Fact]
    public void Every_day_of_the_window_has_its_best_mark_and_the_log_never_exceeds_its_length() => Hold(marks =>
    {
        var log = Play(marks);
        var real = marks.Where(mark => mark.Mark != DayMark.NotChecked).ToList();
        var last = real.Select(mark => mark.Day).DefaultIfEmpty(0).Max();

        Assert.True(log.Marks.Length <= DayLog.MaxDays);
        foreach (var day in real.GroupBy(mark => mark.Day))
            Assert.Equal(day.Key > last - DayLog.MaxDays ? day.Max(mark => mark.Mark) : DayMark.NotChecked, log[Day.AddDays(day.Key)]);
    });

    [Fact]
    public void A_log_is_read_back_as_it_was_written() => Hold(marks => Assert.Equal(Play(marks), DayLog.Parse(Play(marks).ToString())));

    [Theory]
    [InlineData("2026-03-01:")]
    [InlineData("2026-03-01:ax")]
    [InlineData("2026-13-01:a")]
    [InlineData(":a")]
    [InlineData("aaaa")]
    public void Damaged_text_is_noticed(string text) => Assert.Throws<FormatException>(() => DayLog.Parse(text));

    private static DayLog Play((int Day, DayMark Mark)[] marks) =>
        marks.Aggregate(DayLog.Empty, (log, mark) => log.With(Day.AddDays(mark.Day), mark.Mark));

    private static void Hold(Action<(int Day, DayMark Mark)[]> claim) =>
        Prop.ForAll(Marks, claim).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
