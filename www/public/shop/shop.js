// The script of a shop of 2009; for the checks it needs two handlers, which keep its form and the check in step.
// Its form says which ledger and year are bought and how they are paid, so it takes these steps, as `can-switch` promises.
jQuery(function ($) {
  var check = $('preflight-purchase');

  $('#order').on('change', ':input', function () {
    check.attr({ 'selected-ledger': $('[name=ledger]').val(), 'selected-year': $('[name=year]').val(), payment: $('[name=payment]:checked').val() });
  });
  check.on('preflight-step', function (event) {
    var changes = event.originalEvent.detail.changes;
    if (changes['selected.ledger']) $('[name=ledger]').val(changes['selected.ledger']);
    if (changes['selected.year']) $('[name=year]').val(changes['selected.year']);
    if (changes.payment) $('[name=payment][value=' + changes.payment + ']').prop('checked', true);
    $('[name=ledger]').trigger('change');
  });

  // What the shop always did when its button was pressed.
  $('#order').on('submit', function (event) {
    event.preventDefault();
    $('#paid').text('收银台（演示）：' + $('[name=ledger]').val() + ' ' + $('[name=year]').val() + '年度');
  });
  $('preflight-refund').on('preflight-apply', function (event) {
    $('#news').text('已收到退款申请（演示）：' + event.originalEvent.detail.number);
  });
});
