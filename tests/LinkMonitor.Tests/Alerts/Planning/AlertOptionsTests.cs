using System.ComponentModel.DataAnnotations;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Alerts.Planning;

public sealed class AlertOptionsTests
{
    [Fact]
    public void Retries_follow_the_schedule_and_a_little_jitter_and_what_the_other_side_asks()
    {
        var even = new RetryBackoff(() => 0, Options.Create(new AlertOptions()));
        var late = new RetryBackoff(() => 1, Options.Create(new AlertOptions()));

        Assert.Equal(
            [
                TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
                TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
            ],
            Enumerable.Range(1, 10).Select(attempts => even.After(attempts, null)));
        Assert.Equal(TimeSpan.FromSeconds(5.5), late.After(1, null));
        Assert.Equal(TimeSpan.FromMinutes(1), even.After(1, TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.FromMinutes(5), even.After(2, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("00:00:00.5", null)]
    [InlineData("8.00:00:00", null)]
    [InlineData("00:01:00", "nobody")]
    public void Wrong_schedules_and_addresses_are_refused_by_name(string schedule, string? operators)
    {
        var options = new AlertOptions { RetrySchedule = schedule, Operators = operators };
        var results = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true));
        Assert.Equal(
            [operators is null ? nameof(AlertOptions.RetrySchedule) : nameof(AlertOptions.Operators)], Assert.Single(results).MemberNames);
    }

    [Fact]
    public void Operators_are_a_list() =>
        Assert.Equal(
            ["a@example.org", "b@example.org"],
            new AlertOptions { Operators = "a@example.org, b@example.org A@example.org" }.OperatorAddresses);
}
